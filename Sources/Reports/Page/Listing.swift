/// A line of a listing: what happened to something, with what belongs to it below, indented.
public struct ListingLine: Sendable, Hashable {
    /// What happened, in the signs of `terraform plan`; a listing in Markdown is coloured by them.
    public enum Sign: String, Sendable {
        case add = "+", remove = "-", change = "~", replace = "-/+", move = "→", mark = "!", none = ""

        var tone: Tone {
            switch self {
            case .add: .good
            case .remove, .replace: .bad
            case .change, .move, .mark: .caution
            case .none: .plain
            }
        }
    }

    /// Levels below the first.
    public var depth: Int
    public var sign: Sign
    public var text: Phrase

    public init(_ sign: Sign, _ text: Phrase, depth: Int = 0) {
        self.depth = depth
        self.sign = sign
        self.text = text
    }

    /// The line without format, deceptive scalars written out: the sign in a column of its own.
    private func plain(signWidth: Int, paint: (String, Tone) -> String) -> String {
        let blanks = String(repeating: " ", count: depth * 4 + signWidth - sign.rawValue.count)
        return blanks + paint(sign.rawValue, sign.tone) + " " + paint(text.visible, text.tone)
    }

    /// As a terminal shows it.
    func terminal(_ layout: TerminalLayout) -> String { plain(signWidth: 3, paint: layout.paint) }

    /// As a line of a ```` ```diff ```` block, which is coloured by its first character.
    var markdownDiff: String {
        let first = switch sign {
        case .add: "+"
        case .remove: "-"
        case .replace, .change, .move, .mark: "!"
        case .none: " "
        }
        return first + plain(signWidth: 3) { text, _ in text }
    }

    var html: String {
        let blanks = String(repeating: " ", count: depth * 4 + 3 - sign.rawValue.count)
        return "\(blanks)<span class=\"\(sign.tone.rawValue)\">\(HTMLText.escape(sign.rawValue))</span> "
            + "<span class=\"\(text.tone.rawValue)\">\(HTMLText.escape(text.plain))</span>"
    }
}

enum Listing {
    /// A fenced block; the fence is longer than any run of backticks inside (CommonMark 4.5).
    static func markdown(_ lines: [ListingLine]) -> String {
        let texts = lines.map(\.markdownDiff)
        let longest = texts.flatMap { $0.split(whereSeparator: { $0 != "`" }).map(\.count) }.max() ?? 0
        let fence = String(repeating: "`", count: max(3, longest + 1))
        return ([fence + "diff"] + texts + [fence]).joined(separator: "\n")
    }

    static func html(_ lines: [ListingLine]) -> String {
        "<pre style=\"white-space:pre-wrap;overflow-wrap:anywhere\">" + lines.map(\.html).joined(separator: "\n") + "</pre>"
    }
}
