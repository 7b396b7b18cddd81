/// The texts of a small XML answer, by the path of their element below the root: `Error/Code`,
/// `AssumeRoleResult/Credentials/AccessKeyId`.
///
/// Bounded and strict: no DTD, at most 32 levels and 256 KiB, only the five named entities and character references.
/// Namespaces and attributes are skipped.
public struct XMLFields: Sendable {
    /// The name of the root element.
    public private(set) var root = ""
    private var texts: [String: [String]] = [:]

    /// The text at a path: the first where the path occurs more than once.
    public subscript(path: String) -> String? { texts[path]?.first }

    /// All texts at a path, in order: for lists, whose elements AWS calls `member`.
    public func all(_ path: String) -> [String] { texts[path] ?? [] }

    /// Nil when the bytes are not such a document.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count <= 256 << 10, let text = String(validating: bytes, as: UTF8.self) else { return nil }
        guard read(text[...]) else { return nil }
    }

    private mutating func read(_ document: Substring) -> Bool {
        var rest = document.unicodeScalars
        var open: [String] = []
        var content = ""
        while let next = rest.first {
            guard next == "<" else {
                let run = rest.prefix { $0 != "<" }
                guard let decoded = Self.decode(Substring(run)) else { return false }
                content += decoded
                rest = rest[run.endIndex...]
                continue
            }
            guard let markup = Self.markup(at: rest) else { return false }
            rest = rest[markup.end...]
            switch markup.kind {
            case .comment: continue
            case .close(let name):
                guard open.last == name else { return false }
                keep(content, for: open)
                open.removeLast()
            case .open(let name, let isEmpty):
                guard open.count < 32, !name.isEmpty, root.isEmpty || !open.isEmpty else { return false }
                if root.isEmpty { root = name }
                open.append(name)
                if isEmpty {
                    keep("", for: open)
                    open.removeLast()
                }
            }
            content = ""
        }
        return open.isEmpty && !root.isEmpty
    }

    private mutating func keep(_ text: String, for path: [String]) {
        let place = path.dropFirst().joined(separator: "/")
        texts[place, default: []].append(text)
    }

    private enum Markup {
        case comment
        case open(String, isEmpty: Bool)
        case close(String)
    }

    /// What begins with the `<` at the start of `rest`, and where it ends. Nil for a DTD, CDATA and half a tag.
    private static func markup(
        at rest: Substring.UnicodeScalarView
    ) -> (kind: Markup, end: Substring.UnicodeScalarView.Index)? {
        for (start, end) in [("<?", "?>"), ("<!--", "-->")] where rest.starts(with: start.unicodeScalars) {
            return Substring(rest).firstRange(of: end).map { (.comment, $0.upperBound) }
        }
        guard !rest.starts(with: "<!".unicodeScalars), let close = rest.firstIndex(of: ">") else { return nil }
        var tag = Substring(rest[rest.index(after: rest.startIndex)..<close])
        let end = rest.index(after: close)
        if tag.hasPrefix("/") { return (.close(name(tag.dropFirst())), end) }
        let isEmpty = tag.hasSuffix("/")
        if isEmpty { tag.removeLast() }
        return (.open(name(tag), isEmpty: isEmpty), end)
    }

    /// The name of a tag without attributes and namespace prefix.
    private static func name(_ tag: Substring) -> String {
        let name = tag.prefix { !$0.isWhitespace }
        return String(name.split(separator: ":").last ?? name)
    }

    private static func decode(_ text: Substring) -> String? {
        guard text.contains("&") else { return String(text) }
        var output = ""
        var rest = text
        while let mark = rest.firstIndex(of: "&") {
            output += rest[..<mark]
            guard let end = rest[mark...].firstIndex(of: ";") else { return nil }
            guard let character = entity(rest[rest.index(after: mark)..<end]) else { return nil }
            output.unicodeScalars.append(character)
            rest = rest[rest.index(after: end)...]
        }
        return output + rest
    }

    private static func entity(_ name: Substring) -> Unicode.Scalar? {
        switch name {
        case "lt": return "<"
        case "gt": return ">"
        case "amp": return "&"
        case "quot": return "\""
        case "apos": return "'"
        default:
            guard name.hasPrefix("#") else { return nil }
            let digits = name.dropFirst()
            let value = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
            return value.flatMap(Unicode.Scalar.init)
        }
    }
}
