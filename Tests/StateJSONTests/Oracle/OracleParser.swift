/// A second JSON parser, written apart from the first: plain array indexing, recursion, UTF-8 decoded to scalars, no
/// vector instructions. Slow and simple; the tape must agree with it on every input.
struct OracleParser {
    /// A value or key, in the order of the text.
    struct Item: Equatable {
        let kind: String
        let start: Int
        let end: Int
        let count: Int
    }

    struct Rejection: Error, Equatable {
        let offset: Int
    }

    private let bytes: [UInt8]
    private let depthLimit: Int
    private var at = 0
    private var items: [Item] = []

    static func parse(_ bytes: [UInt8], depthLimit: Int = 200) -> Result<[Item], Rejection> {
        var parser = OracleParser(bytes: bytes, depthLimit: depthLimit)
        do {
            parser.blank()
            try parser.value(depth: 0)
            parser.blank()
            if parser.at < bytes.count { throw Rejection(offset: parser.at) }
            return .success(parser.items)
        } catch let rejection as Rejection {
            return .failure(rejection)
        } catch {
            return .failure(Rejection(offset: -1))
        }
    }

    private init(bytes: [UInt8], depthLimit: Int) {
        self.bytes = bytes
        self.depthLimit = depthLimit
    }

    private var here: UInt8? { at < bytes.count ? bytes[at] : nil }
    private func reject() -> Rejection { Rejection(offset: at) }

    private mutating func blank() {
        while let byte = here, [9, 10, 13, 32].contains(byte) { at += 1 }
    }

    private mutating func value(depth: Int) throws {
        let start = at, index = items.count
        switch here.map({ Character(Unicode.Scalar($0)) }) {
        case "{": try container(depth, start, index, kind: "object", close: UInt8(ascii: "}"), keyed: true)
        case "[": try container(depth, start, index, kind: "array", close: UInt8(ascii: "]"), keyed: false)
        case "\"": try string()
        case "t": try word("true", "bool")
        case "f": try word("false", "bool")
        case "n": try word("null", "null")
        case "-", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9": try number()
        default: throw reject()
        }
    }

    private mutating func container(_ depth: Int, _ start: Int, _ index: Int, kind: String, close: UInt8, keyed: Bool) throws {
        if depth >= depthLimit { throw reject() }
        items.append(Item(kind: kind, start: start, end: 0, count: 0))
        at += 1
        var count = 0
        blank()
        if here == close {
            at += 1
        } else {
            while true {
                if keyed {
                    guard here == UInt8(ascii: "\"") else { throw reject() }
                    try string()
                    blank()
                    guard here == UInt8(ascii: ":") else { throw reject() }
                    at += 1
                    blank()
                }
                try value(depth: depth + 1)
                count += 1
                blank()
                if here == close { break }
                guard here == UInt8(ascii: ",") else { throw reject() }
                at += 1
                blank()
            }
            at += 1
        }
        items[index] = Item(kind: kind, start: start, end: at, count: count)
    }

    private mutating func word(_ text: String, _ kind: String) throws {
        let start = at
        for byte in text.utf8 {
            guard here == byte else { throw reject() }
            at += 1
        }
        items.append(Item(kind: kind, start: start, end: at, count: 0))
    }

    private mutating func number() throws {
        let start = at
        if here == UInt8(ascii: "-") { at += 1 }
        if here == UInt8(ascii: "0") {
            at += 1
            if let next = here, (48...57).contains(next) { throw reject() }
        } else {
            try digits()
        }
        if here == UInt8(ascii: ".") {
            at += 1
            try digits()
        }
        if here == UInt8(ascii: "e") || here == UInt8(ascii: "E") {
            at += 1
            if here == UInt8(ascii: "+") || here == UInt8(ascii: "-") { at += 1 }
            try digits()
        }
        items.append(Item(kind: "number", start: start, end: at, count: 0))
    }

    private mutating func digits() throws {
        guard let first = here, (48...57).contains(first) else { throw reject() }
        while let digit = here, (48...57).contains(digit) { at += 1 }
    }

    private mutating func string() throws {
        let start = at
        at += 1
        while true {
            guard let byte = here, byte >= 0x20 else { throw reject() }
            switch byte {
            case UInt8(ascii: "\""):
                at += 1
                items.append(Item(kind: "string", start: start, end: at, count: 0))
                return
            case UInt8(ascii: "\\"): try escape()
            case 0..<0x80: at += 1
            default: try character(byte)
            }
        }
    }

    private mutating func escape() throws {
        at += 1
        guard let code = here else { throw reject() }
        if code == UInt8(ascii: "u") {
            at += 1
            for _ in 0..<4 {
                guard let digit = here, Character(Unicode.Scalar(digit)).isHexDigit, digit < 0x80 else { throw reject() }
                at += 1
            }
        } else {
            guard Array("\"\\/bfnrt".utf8).contains(code) else { throw reject() }
            at += 1
        }
    }

    /// Decodes one character by arithmetic and then asks whether it may be written this way.
    private mutating func character(_ lead: UInt8) throws {
        let length = (~lead).leadingZeroBitCount
        guard (2...4).contains(length), at + length <= bytes.count else { throw reject() }
        var scalar = UInt32(lead & (0x7F >> UInt8(length)))
        for offset in 1..<length {
            let byte = bytes[at + offset]
            guard byte & 0xC0 == 0x80 else { throw reject() }
            scalar = scalar << 6 | UInt32(byte & 0x3F)
        }
        let shortest = [0, 0, 0x80, 0x800, 0x10000][length]
        guard scalar >= shortest, Unicode.Scalar(scalar) != nil else { throw reject() }
        at += length
    }
}
