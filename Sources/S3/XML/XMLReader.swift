/// A pull parser for the XML that S3 servers send: elements, text, the five entities, character references,
/// CDATA, comments. Namespaces and attributes are passed over, because S3's answers mean the same without them.
///
/// A caller descends like this: ``beginRoot()``, then ``nextChild()`` until it is false; after each true either
/// ``text()``, ``skip()`` or a loop over the child's own children. Limits hold against hostile servers: no document
/// types (and so no entity bombs), at most 64 levels, a size cap.
///
/// All state is in this one struct without references to shared storage, so that the loops run on plain memory.
struct XMLReader: ~Copyable {
    static let depthLimit = 64
    static let sizeLimit = 64 << 20
    private static let tagLimit = 4096

    private let bytes: [UInt8]
    private(set) var offset: Int
    private var nameRange = 0..<0
    private var open: [Range<Int>] = []
    private var isEmptyElement = false

    /// - Throws: ``XMLFault`` for an empty or oversized answer.
    init(_ bytes: [UInt8], sizeLimit: Int = XMLReader.sizeLimit) throws(XMLFault) {
        guard bytes.count <= sizeLimit else { throw XMLFault(.tooLarge, at: sizeLimit) }
        self.bytes = bytes
        offset = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        open.reserveCapacity(8)
    }

    // MARK: Names

    /// The local name of the element that began last.
    var name: String { String(decoding: bytes[nameRange], as: UTF8.self) }

    /// Whether the element that began last has this local name. Allocates nothing.
    func isNamed(_ name: StaticString) -> Bool {
        guard nameRange.count == name.utf8CodeUnitCount else { return false }
        return name.withUTF8Buffer { wanted in
            for index in 0..<wanted.count where bytes[nameRange.lowerBound &+ index] != wanted[index] { return false }
            return true
        }
    }

    // MARK: Descending

    /// Reads up to and including the start tag of the root element.
    mutating func beginRoot() throws(XMLFault) {
        skipWhitespace()
        guard offset < bytes.count else { throw XMLFault(.empty, at: offset) }
        while true {
            skipWhitespace()
            guard offset < bytes.count else { throw XMLFault(.truncated, at: offset) }
            guard bytes[offset] == .lessThan else { throw XMLFault(.notXML, at: offset) }
            guard try !skipMarkup() else { continue }
            guard peek(1) != .slash else { throw XMLFault(.notXML, at: offset) }
            return try beginElement()
        }
    }

    /// Moves to the next child of the open element; false when there is none, and the element is then closed.
    mutating func nextChild() throws(XMLFault) -> Bool {
        if isEmptyElement {
            close()
            return false
        }
        while true {
            while offset < bytes.count, bytes[offset] != .lessThan { offset &+= 1 }
            guard offset < bytes.count else { throw XMLFault(.truncated, at: offset) }
            if peek(1) == .slash {
                try endElement()
                return false
            }
            if try skipMarkup() { continue }
            try beginElement()
            return true
        }
    }

    /// Passes over the open element and all that is in it.
    mutating func skip() throws(XMLFault) {
        let depth = open.count
        while true {
            if try !nextChild(), open.count < depth { return }
        }
    }

    /// After the root is closed: nothing but white space and comments may follow.
    mutating func finish() throws(XMLFault) {
        while true {
            skipWhitespace()
            guard offset < bytes.count else { return }
            guard bytes[offset] == .lessThan, try skipMarkup() else { throw XMLFault(.trailingContent, at: offset) }
        }
    }

    // MARK: Text

    /// The text of the open element, which is then closed. Elements in it are passed over.
    mutating func text() throws(XMLFault) -> String {
        let range = try plainText()
        if let range {
            guard let text = String(validating: bytes[range], as: UTF8.self) else { throw XMLFault(.invalidUTF8, at: range.lowerBound) }
            return text
        }
        var decoded: [UInt8] = []
        let start = offset
        while try gatherText(into: &decoded) { try skip() }
        guard let text = String(validating: decoded, as: UTF8.self) else { throw XMLFault(.invalidUTF8, at: start) }
        return text
    }

    /// The text of the open element, or `previous` itself when the bytes are the same: in listings most keys
    /// repeat the one before.
    mutating func text(reusing previous: String) throws(XMLFault) -> String {
        let saved = offset
        if let range = try plainText() {
            var copy = previous
            let same = copy.withUTF8 { old in
                guard old.count == range.count else { return false }
                for index in 0..<old.count where bytes[range.lowerBound &+ index] != old[index] { return false }
                return true
            }
            if same { return previous }
            guard let text = String(validating: bytes[range], as: UTF8.self) else { throw XMLFault(.invalidUTF8, at: saved) }
            return text
        }
        return try text()
    }

    /// Handles the common case, text without entities or markup, without copying: closes the element and gives the
    /// range of its text. Nil (with nothing consumed) when the text needs decoding.
    private mutating func plainText() throws(XMLFault) -> Range<Int>? {
        if isEmptyElement {
            close()
            return offset..<offset
        }
        let start = offset
        var end = start
        while end < bytes.count {
            let byte = bytes[end]
            if byte == .lessThan { break }
            if byte == .ampersand || byte == .carriageReturn { return nil }
            end &+= 1
        }
        guard end &+ 1 < bytes.count else { throw XMLFault(.truncated, at: end) }
        guard bytes[end &+ 1] == .slash else { return nil }
        offset = end
        try endElement()
        return start..<end
    }

    /// Gathers the text of the open element up to its next child, which is then begun (true), or to its end, which
    /// closes it (false).
    mutating func gatherText(into decoded: inout [UInt8]) throws(XMLFault) -> Bool {
        if isEmptyElement {
            close()
            return false
        }
        while true {
            guard offset < bytes.count else { throw XMLFault(.truncated, at: offset) }
            let byte = bytes[offset]
            switch byte {
            case .lessThan:
                if peek(1) == .slash {
                    try endElement()
                    return false
                }
                if isAt("<![CDATA[") {
                    let start = offset + 9
                    try skipPast("]]>")
                    decoded += bytes[start..<offset - 3]
                } else if try !skipMarkup() {
                    try beginElement()
                    return true
                }
            case .ampersand:
                try appendEntity(to: &decoded)
            case .carriageReturn:
                // XML 1.0 section 2.11: a literal CR LF or CR is one LF. A carriage return in a key comes as &#13;.
                decoded.append(.lineFeed)
                offset += peek(1) == .lineFeed ? 2 : 1
            default:
                decoded.append(byte)
                offset += 1
            }
        }
    }

    private mutating func appendEntity(to decoded: inout [UInt8]) throws(XMLFault) {
        let start = offset
        var semicolon = start + 1
        while semicolon < bytes.count, bytes[semicolon] != UInt8(ascii: ";") {
            // The longest reference of ten characters is &#x10FFFF;
            guard semicolon - start < 12, bytes[semicolon] != .lessThan else { throw XMLFault(.unknownEntity, at: start) }
            semicolon += 1
        }
        guard semicolon < bytes.count else { throw XMLFault(.truncated, at: bytes.count) }
        let entity = String(decoding: bytes[start + 1..<semicolon], as: UTF8.self)
        offset = semicolon + 1
        switch entity {
        case "lt": decoded.append(UInt8(ascii: "<"))
        case "gt": decoded.append(UInt8(ascii: ">"))
        case "amp": decoded.append(UInt8(ascii: "&"))
        case "quot": decoded.append(UInt8(ascii: "\""))
        case "apos": decoded.append(UInt8(ascii: "'"))
        default:
            guard entity.hasPrefix("#") else { throw XMLFault(.unknownEntity, at: start) }
            let digits = entity.dropFirst()
            let value = digits.hasPrefix("x") || digits.hasPrefix("X") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
            // XML 1.0 forbids references to control characters; S3 sends them for keys that have such, so they are taken.
            guard let value, let scalar = Unicode.Scalar(value) else { throw XMLFault(.badCharacter, at: start) }
            decoded += Character(scalar).utf8
        }
    }

    // MARK: Tags

    private mutating func beginElement() throws(XMLFault) {
        let start = offset
        let end = try endOfTag()
        var nameEnd = start + 1
        while nameEnd < end, !bytes[nameEnd].endsName { nameEnd &+= 1 }
        guard nameEnd > start + 1 else { throw XMLFault(.malformedTag, at: start) }
        guard open.count < Self.depthLimit else { throw XMLFault(.tooDeep, at: start) }
        open.append(start + 1..<nameEnd)
        isEmptyElement = bytes[end - 1] == .slash
        nameRange = localName(start + 1..<nameEnd)
        offset = end + 1
    }

    private mutating func endElement() throws(XMLFault) {
        let start = offset
        let end = try endOfTag()
        guard let expected = open.last else { throw XMLFault(.mismatchedEnd, at: start) }
        let nameEnd = start + 2 + expected.count
        guard nameEnd <= end else { throw XMLFault(.mismatchedEnd, at: start) }
        for index in 0..<expected.count where bytes[start &+ 2 &+ index] != bytes[expected.lowerBound &+ index] {
            throw XMLFault(.mismatchedEnd, at: start)
        }
        for index in nameEnd..<end where !bytes[index].isXMLSpace { throw XMLFault(.mismatchedEnd, at: start) }
        offset = end + 1
        close()
    }

    private mutating func close() {
        isEmptyElement = false
        _ = open.popLast()
    }

    /// The index of the `>` that ends the tag at the offset; quotes may hide others.
    private func endOfTag() throws(XMLFault) -> Int {
        var index = offset + 1
        var quote: UInt8 = 0
        while index < bytes.count {
            let byte = bytes[index]
            if quote != 0 {
                if byte == quote { quote = 0 }
            } else if byte == .greaterThan {
                return index
            } else if byte == .lessThan {
                throw XMLFault(.malformedTag, at: offset)
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            }
            if index - offset > Self.tagLimit { throw XMLFault(.malformedTag, at: offset) }
            index &+= 1
        }
        throw XMLFault(.truncated, at: bytes.count)
    }

    private func localName(_ range: Range<Int>) -> Range<Int> {
        for index in range where bytes[index] == UInt8(ascii: ":") { return index + 1..<range.upperBound }
        return range
    }

    // MARK: Other markup

    /// Passes over a comment or a processing instruction at the offset; false when something else is there.
    private mutating func skipMarkup() throws(XMLFault) -> Bool {
        switch peek(1) {
        case UInt8(ascii: "?"):
            try skipPast("?>")
            return true
        case UInt8(ascii: "!"):
            if isAt("<!--") {
                try skipPast("-->")
                return true
            }
            if isAt("<![CDATA["), !open.isEmpty {
                try skipPast("]]>")
                return true
            }
            throw XMLFault(.documentType, at: offset)
        default:
            return false
        }
    }

    private mutating func skipPast(_ ending: StaticString) throws(XMLFault) {
        let length = ending.utf8CodeUnitCount
        while offset + length <= bytes.count {
            if isAt(ending) {
                offset += length
                return
            }
            offset &+= 1
        }
        throw XMLFault(.truncated, at: bytes.count)
    }

    private mutating func skipWhitespace() {
        while offset < bytes.count, bytes[offset].isXMLSpace { offset &+= 1 }
    }

    private func peek(_ distance: Int) -> UInt8? {
        offset + distance < bytes.count ? bytes[offset + distance] : nil
    }

    private func isAt(_ text: StaticString) -> Bool {
        guard offset + text.utf8CodeUnitCount <= bytes.count else { return false }
        return text.withUTF8Buffer { wanted in
            for index in 0..<wanted.count where bytes[offset &+ index] != wanted[index] { return false }
            return true
        }
    }
}

extension UInt8 {
    fileprivate static let lessThan = UInt8(ascii: "<")
    fileprivate static let greaterThan = UInt8(ascii: ">")
    fileprivate static let slash = UInt8(ascii: "/")
    fileprivate static let ampersand = UInt8(ascii: "&")
    fileprivate static let carriageReturn = UInt8(ascii: "\r")
    fileprivate static let lineFeed = UInt8(ascii: "\n")

    fileprivate var isXMLSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) && self != 0x0B && self != 0x0C }
    fileprivate var endsName: Bool { isXMLSpace || self == .greaterThan || self == .slash }
}
