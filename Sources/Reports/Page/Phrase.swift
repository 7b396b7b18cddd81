/// A run of text with its tone: words of ours, and names and values of others, which each format sets apart.
public struct Phrase: Sendable, Hashable, ExpressibleByStringLiteral {
    /// One piece of a phrase.
    public enum Part: Sendable, Hashable {
        /// Words, as in a sentence.
        case words(String)
        /// A key, an id, an address, a value: shown exactly.
        case verbatim(String)
    }

    public var parts: [Part]
    public var tone: Tone

    public init(_ parts: [Part], tone: Tone = .plain) {
        self.parts = parts
        self.tone = tone
    }

    public init(stringLiteral words: String) {
        self.init([.words(words)])
    }

    /// Words.
    public static func words(_ text: String, _ tone: Tone = .plain) -> Phrase { Phrase([.words(text)], tone: tone) }
    /// A key, an id, an address, a value.
    public static func verbatim(_ text: String, _ tone: Tone = .plain) -> Phrase { Phrase([.verbatim(text)], tone: tone) }

    /// The text as it is, nothing escaped: for formats that escape by themselves.
    var plain: String {
        parts.map { part in
            switch part {
            case .words(let text), .verbatim(let text): text
            }
        }.joined()
    }

    /// The text without any format, deceptive scalars written out.
    var visible: String {
        parts.map { part in
            switch part {
            case .words(let text), .verbatim(let text): VisibleText.escape(text)
            }
        }.joined()
    }
}

/// What a piece of text means to the reader; a terminal shows it as a colour, HTML as a class, Markdown not at all.
public enum Tone: String, Sendable, Hashable {
    case plain, strong, faint, good, caution, bad
}
