/// Reads addresses from left to right.
struct Scanner {
    private let bytes: [UInt8]
    private var at = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    var isAtEnd: Bool { at == bytes.count }

    mutating func take(_ text: StaticString) -> Bool {
        let wanted = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        guard bytes[at...].starts(with: wanted) else { return false }
        at += wanted.count
        return true
    }

    /// A HCL identifier: letters of any script, digits, `_` and `-`, not starting with a digit or dash.
    mutating func identifier() -> String? {
        let first = at
        while at < bytes.count {
            let byte = bytes[at]
            let letter = byte | 0x20 &- UInt8(ascii: "a") < 26 || byte == UInt8(ascii: "_") || byte >= 0x80
            let later = byte &- UInt8(ascii: "0") < 10 || byte == UInt8(ascii: "-")
            guard letter || (later && at > first) else { break }
            at += 1
        }
        return at > first ? String(decoding: bytes[first..<at], as: UTF8.self) : nil
    }

    mutating func integer() -> Int? {
        let first = at
        while at < bytes.count, bytes[at] &- UInt8(ascii: "0") < 10 { at += 1 }
        return Int(String(decoding: bytes[first..<at], as: UTF8.self))
    }

    /// A HCL string in quotes, unescaped. The cursor stays when there is none.
    mutating func quoted() -> String? {
        guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { return nil }
        var index = at + 1
        var out: [UInt8] = []
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
            var byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "\\") {
                guard index < bytes.count else { return nil }
                byte = bytes[index]
                index += 1
                switch byte {
                case UInt8(ascii: "n"): out.append(0x0A)
                case UInt8(ascii: "r"): out.append(0x0D)
                case UInt8(ascii: "t"): out.append(0x09)
                case UInt8(ascii: "u"), UInt8(ascii: "U"):
                    let digits = byte == UInt8(ascii: "u") ? 4 : 8
                    guard index + digits <= bytes.count, let code = UInt32(String(decoding: bytes[index..<index + digits], as: UTF8.self), radix: 16),
                          let scalar = Unicode.Scalar(code) else { return nil }
                    out.append(contentsOf: String(scalar).utf8)
                    index += digits
                default: out.append(byte)
                }
            } else {
                out.append(byte)
                if byte == UInt8(ascii: "$") || byte == UInt8(ascii: "%"), index + 1 < bytes.count, bytes[index] == byte, bytes[index + 1] == UInt8(ascii: "{") { index += 1 }
            }
        }
        guard index < bytes.count else { return nil }
        at = index + 1
        return String(decoding: out, as: UTF8.self)
    }
}
