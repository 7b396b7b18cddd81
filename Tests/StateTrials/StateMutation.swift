public import StateJSON

/// Damages states: as bytes, the way transfers and editors do, and as JSON, the way a tool or an enemy does who knows the
/// format. The same seed gives the same damage.
public struct StateMutation {
    private var chance: SplitMix
    private let others: [StateBytes]

    /// - Parameter others: states to take parts from.
    public init(seed: UInt64, others: [StateBytes]) {
        chance = SplitMix(seed: seed)
        self.others = others
    }

    public mutating func mutate(_ original: StateBytes) -> StateBytes {
        var bytes = original[0..<original.count]
        for _ in 0..<Int.random(in: 1...4, using: &chance) {
            if Int.random(in: 0..<4, using: &chance) > 0, let document = try? JSONDocument(parsing: StateBytes(bytes)) {
                changeValue(of: document, &bytes)
            } else {
                changeBytes(&bytes)
            }
        }
        return StateBytes(bytes)
    }

    // MARK: As JSON

    private static let values = [
        "null", "true", "false", "0", "-0", "1", "-1", "1.0", "1e2", "1E400", "18446744073709551615", "18446744073709551616", "12345678901234567890123",
        "9007199254740993", "0.1e-999999999999", "\"\"", "\"tainted\"", "\"a1b2c3d4\"", "\"\\u0000\"", "\"\\ud800\"", "\"\\ud83d\\ude00\"", "\"module.a\"",
        "\"{\\\"a\\\":[1,{\\\"b\\\":null}]}\"", "\"[[[[\"", "\"provider[\\\"registry.terraform.io/hashicorp/aws\\\"].x\"", "[]", "{}", "[null]",
        "{\"a\":1,\"a\":2}", "[[\"a\"],[\"a\"]]", "[[{\"type\":\"get_attr\",\"value\":\"id\"}]]", "[[{\"type\":\"index\",\"value\":{\"value\":1e9,\"type\":\"number\"}}]]",
    ].map { Array($0.utf8) }

    private static let members = [
        "\"id\":\"x\"", "\"\\u0069d\":7", "\"ID\":null", "\"index_key\":0", "\"index_key\":\"\\n\"", "\"deposed\":\"00000000\"", "\"instances\":[]", "\"module\":\"module.m[\\\"k\\\"]\"",
        "\"version\":4", "\"sensitive_attributes\":[[{\"type\":\"get_attr\",\"value\":\"id\"}]]", "\"name\":\"password\"", "\"value\":\"hunter2hunter2\"", "\"attributes_flat\":{\"a.%\":\"2\"}", "\"\":0",
    ].map { Array($0.utf8) }

    private mutating func changeValue(of document: JSONDocument, _ bytes: inout [UInt8]) {
        guard let value = anyValue(of: document) else { return }
        let range = value.rawRange
        switch Int.random(in: 0..<8, using: &chance) {
        case 0: bytes.replaceSubrange(range, with: pick(Self.values))
        case 1: bytes.replaceSubrange(range, with: nested(Array(bytes[range])))
        case 2: bytes.replaceSubrange(range, with: part(of: document))
        case 3 where value.isObject && value.count > 0: bytes.insert(contentsOf: pick(Self.members) + [UInt8(ascii: ",")], at: range.lowerBound + 1)
        case 4 where value.isArray && value.count > 0: bytes.insert(contentsOf: part(of: document) + [UInt8(ascii: ",")], at: range.lowerBound + 1)
        case 5 where value.count > 1: bytes.replaceSubrange(range, with: shuffled(value))
        case 6 where value.isString: bytes.replaceSubrange(range, with: Array(bytes[range].dropLast()) + Array("\\u00e9é🙂\"".utf8))
        default: bytes.replaceSubrange(range, with: part(of: others.randomElement(using: &chance).flatMap { try? JSONDocument(parsing: $0) } ?? document))
        }
    }

    private mutating func anyValue(of document: JSONDocument) -> JSONValue? {
        document.root.nested.map(\.value).randomElement(using: &chance)
    }

    private mutating func part(of document: JSONDocument) -> [UInt8] {
        anyValue(of: document)?.withRawBytes { $0.count < 4_000 ? Array($0) : Array("null".utf8) } ?? []
    }

    private mutating func nested(_ inner: [UInt8]) -> [UInt8] {
        let levels = [1, 2, 70, 3_000].randomElement(using: &chance) ?? 1
        let (open, close) = Bool.random(using: &chance) ? ("[", "]") : ("{\"n\":", "}")
        return Array(String(repeating: open, count: levels).utf8) + inner + Array(String(repeating: close, count: levels).utf8)
    }

    private mutating func shuffled(_ value: JSONValue) -> [UInt8] {
        func raw(_ value: JSONValue) -> [UInt8] { value.withRawBytes { Array($0) } }
        let parts = value.isArray ? value.elements.map { raw($0) } : value.members.map { raw($0.key.value) + [UInt8(ascii: ":")] + raw($0.value) }
        let joined = Array(parts.shuffled(using: &chance).joined(separator: [UInt8(ascii: ","), UInt8(ascii: "\n")]))
        return value.isArray ? [UInt8(ascii: "[")] + joined + [UInt8(ascii: "]")] : [UInt8(ascii: "{")] + joined + [UInt8(ascii: "}")]
    }

    // MARK: As bytes

    private mutating func changeBytes(_ bytes: inout [UInt8]) {
        let at = Int.random(in: 0...bytes.count, using: &chance)
        let end = min(bytes.count, at + Int.random(in: 1...64, using: &chance))
        switch Int.random(in: 0..<6, using: &chance) {
        case 0 where at < bytes.count: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &chance)
        case 1: bytes.removeSubrange(at..<end)
        case 2: bytes.insert(contentsOf: bytes[at..<end], at: at)
        case 3: bytes.insert(contentsOf: pick(Self.values), at: at)
        case 4: bytes.removeSubrange(at...)
        default:
            guard let other = others.randomElement(using: &chance), other.count > 0 else { return }
            let from = Int.random(in: 0..<other.count, using: &chance)
            bytes.replaceSubrange(at..<end, with: other[from..<min(other.count, from + 200)])
        }
    }

    private mutating func pick(_ choices: [[UInt8]]) -> [UInt8] { choices.randomElement(using: &chance) ?? [] }
}
