/// What the output may use: how many columns, and whether colours.
public struct TerminalLayout: Sendable, Hashable {
    /// Columns of the terminal; nil where nothing limits a line (a file, a pipe).
    public var width: Int?
    public var hasColour: Bool

    public init(width: Int? = nil, hasColour: Bool = false) {
        self.width = width
        self.hasColour = hasColour
    }

    /// The text in the tone's colour (ECMA-48 SGR), or as it is.
    func paint(_ text: String, _ tone: Tone) -> String {
        guard hasColour, !text.isEmpty else { return text }
        switch tone {
        case .plain: return text
        case .strong: return "\u{1B}[1m\(text)\u{1B}[0m"
        case .faint: return "\u{1B}[2m\(text)\u{1B}[0m"
        case .good: return "\u{1B}[32m\(text)\u{1B}[0m"
        case .caution: return "\u{1B}[33m\(text)\u{1B}[0m"
        case .bad: return "\u{1B}[31m\(text)\u{1B}[0m"
        }
    }
}
