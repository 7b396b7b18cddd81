/// Writes a JSON document: two spaces of indentation, members in their order, a newline at the end.
///
/// Every scalar that could deceive a terminal or a reader is written as `\uXXXX`, which changes no value: the document
/// is safe to look at and parses to the same strings.
public struct JSONWriter: ~Copyable {
    private var text = ""
    private let isPretty: Bool

    private init(isPretty: Bool) { self.isPretty = isPretty }

    /// The document as text, over several lines.
    public static func document(_ node: JSONNode) -> String {
        var writer = JSONWriter(isPretty: true)
        writer.write(node, depth: 0)
        return writer.text + "\n"
    }

    /// The document on one line, without a newline: for JSON Lines.
    public static func line(_ node: JSONNode) -> String {
        var writer = JSONWriter(isPretty: false)
        writer.write(node, depth: 0)
        return writer.text
    }

    private mutating func write(_ node: JSONNode, depth: Int) {
        switch node {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .number(let value): text += value
        case .string(let value): write(string: value)
        case .array(let elements):
            writeList("[", "]", count: elements.count, depth: depth) { writer, index in
                writer.write(elements[index], depth: depth + 1)
            }
        case .object(let object):
            let members = object.members
            writeList("{", "}", count: members.count, depth: depth) { writer, index in
                writer.write(string: members[index].name)
                writer.text += writer.isPretty ? ": " : ":"
                writer.write(members[index].value, depth: depth + 1)
            }
        }
    }

    private mutating func writeList(
        _ open: String, _ close: String, count: Int, depth: Int, element: (inout JSONWriter, Int) -> Void
    ) {
        text += open
        for index in 0..<count {
            if index > 0 { text += "," }
            newline(depth: depth + 1)
            element(&self, index)
        }
        if count > 0 { newline(depth: depth) }
        text += close
    }

    private mutating func newline(depth: Int) {
        guard isPretty else { return }
        text += "\n"
        for _ in 0..<depth { text += "  " }
    }

    private mutating func write(string: String) {
        text += "\""
        defer { text += "\"" }
        // Nearly every string; and a value of 50 MB would take seconds scalar by scalar.
        if string.utf8.allSatisfy(Self.standsForItself) {
            text += string
            return
        }
        var previous: Unicode.Scalar?
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            // Two of them begin a command for some CI systems: see CommandGuard.
            case "#" where previous == "#": text += "\\u0023"
            default:
                if VisibleText.isPlain(scalar) { text.unicodeScalars.append(scalar) } else { writeEscape(of: scalar) }
            }
            previous = scalar
        }
    }

    private static func standsForItself(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\") && byte != UInt8(ascii: "#")
    }

    private mutating func writeEscape(of scalar: Unicode.Scalar) {
        for unit in UTF16.encode(scalar) ?? .init() {
            let digits = String(unit, radix: 16)
            text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
    }
}
