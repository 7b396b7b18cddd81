/// Reads addresses from left to right, token by token, as HCL's traversal parser does: whitespace and comments may stand
/// between tokens.
struct Scanner {
    private let bytes: [UInt8]
    private var at = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
        skipBlanks()
    }

    var isAtEnd: Bool { at == bytes.count }

    /// Takes a one-byte token.
    mutating func take(_ symbol: Unicode.Scalar) -> Bool {
        guard at < bytes.count, bytes[at] == UInt8(ascii: symbol) else { return false }
        at += 1
        skipBlanks()
        return true
    }

    /// Takes the identifier `word`, and nothing when another stands here.
    mutating func take(word: String) -> Bool {
        let start = at
        if identifier() == word { return true }
        at = start
        return false
    }

    /// A HCL identifier: letters of any script, digits, `_` and `-`, not starting with a digit or dash.
    mutating func identifier() -> String? {
        let first = at
        while at < bytes.count {
            let byte = bytes[at]
            let letter = (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte == UInt8(ascii: "_") || byte >= 0x80
            let later = byte &- UInt8(ascii: "0") < 10 || byte == UInt8(ascii: "-")
            guard letter || (later && at > first) else { break }
            at += 1
        }
        guard at > first else { return nil }
        defer { skipBlanks() }
        return String(decoding: bytes[first..<at], as: UTF8.self)
    }

    mutating func integer() -> Int? {
        let first = at
        while at < bytes.count, bytes[at] &- UInt8(ascii: "0") < 10 { at += 1 }
        defer { skipBlanks() }
        return Int(String(decoding: bytes[first..<at], as: UTF8.self))
    }

    /// An instance key in brackets. Nil without one; `failed` is set when there is a bracket and no key in it.
    mutating func key(failed: inout Bool) -> IndexKey? {
        guard take("[") else { return nil }
        let key: IndexKey? = if let text = quoted() { .string(text) } else if let number = integer() { .int(number) } else { nil }
        if key == nil || !take("]") {
            failed = true
            return nil
        }
        return key
    }

    /// A HCL string in quotes, unescaped; nil, without moving, for anything else, a template included.
    mutating func quoted() -> String? {
        guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { return nil }
        var index = at + 1
        var out: [UInt8] = []
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
            let byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "\\") {
                guard let next = unescape(at: index, to: &out) else { return nil }
                index = next
            } else if byte == UInt8(ascii: "$") || byte == UInt8(ascii: "%") {
                out.append(byte)
                if index < bytes.count, bytes[index] == UInt8(ascii: "{") { return nil }
                if index + 1 < bytes.count, bytes[index] == byte, bytes[index + 1] == UInt8(ascii: "{") {
                    out.append(UInt8(ascii: "{"))
                    index += 2
                }
            } else {
                out.append(byte)
            }
        }
        guard index < bytes.count else { return nil }
        at = index + 1
        skipBlanks()
        return String(decoding: out, as: UTF8.self)
    }

    /// Resolves the escape whose code stands at `index`; the index behind it.
    private func unescape(at index: Int, to out: inout [UInt8]) -> Int? {
        guard index < bytes.count else { return nil }
        switch bytes[index] {
        case UInt8(ascii: "n"): out.append(0x0A)
        case UInt8(ascii: "r"): out.append(0x0D)
        case UInt8(ascii: "t"): out.append(0x09)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): out.append(bytes[index])
        case UInt8(ascii: "u"), UInt8(ascii: "U"):
            let end = index + 1 + (bytes[index] == UInt8(ascii: "u") ? 4 : 8)
            guard end <= bytes.count, let code = UInt32(String(decoding: bytes[(index + 1)..<end], as: UTF8.self), radix: 16),
                let scalar = Unicode.Scalar(code)
            else { return nil }
            out.append(contentsOf: String(scalar).utf8)
            return end
        default: return nil
        }
        return index + 1
    }

    private mutating func skipBlanks() {
        while at < bytes.count {
            if bytes[at] == 0x20 || bytes[at] == 0x09 || bytes[at] == 0x0A || bytes[at] == 0x0D {
                at += 1
            } else if bytes[at...].starts(with: "/*".utf8) {
                at += 2
                while at < bytes.count, !bytes[at...].starts(with: "*/".utf8) { at += 1 }
                at = min(at + 2, bytes.count)
            } else if bytes[at] == UInt8(ascii: "#") || bytes[at...].starts(with: "//".utf8) {
                while at < bytes.count, bytes[at] != 0x0A { at += 1 }
            } else {
                return
            }
        }
    }
}
