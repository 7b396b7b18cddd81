/// Damages bytes the way transfers, editors and tests do. The same seed gives the same sequence.
struct Mutator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }

    private static let tokens = [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud83d", "\\udc00", "\\u00e9", "null", "true", "fals", "-", "0", "1e", "1.",
        "-0", "1E+9", "\u{0}", "\u{1F}",
        "é", "🙂", "  \n", "\t", "\r\n", "\"\":", "{}", "[]", "<<<<<<< HEAD\n", "12345678901234567890123",
    ].map { Array($0.utf8) }
    private static let rawTokens: [[UInt8]] = [
        [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], [0xEF, 0xBB, 0xBF], [0x80],
    ]

    /// A damaged copy: one to three changes.
    mutating func mutate(_ original: [UInt8]) -> [UInt8] {
        var bytes = original
        for _ in 0..<Int.random(in: 1...3, using: &self) {
            let at = Int.random(in: 0...bytes.count, using: &self)
            let length = min(bytes.count - at, Int.random(in: 1...24, using: &self))
            switch Int.random(in: 0..<7, using: &self) {
            case 0 where at < bytes.count: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &self)
            case 1: bytes.removeSubrange(at..<at + length)
            case 2: bytes.insert(contentsOf: bytes[at..<at + length], at: at)
            case 3: bytes.insert(contentsOf: Self.tokens.randomElement(using: &self) ?? [], at: at)
            case 4: bytes.insert(contentsOf: Self.rawTokens.randomElement(using: &self) ?? [], at: at)
            case 5 where Int.random(in: 0..<4, using: &self) == 0: bytes.removeSubrange(at...)
            default: if at < bytes.count { bytes[at] = UInt8.random(in: 0...255, using: &self) }
            }
        }
        return bytes
    }
}
