/// Text of others inside GitHub-flavoured Markdown, also inside a table cell.
public enum MarkdownText {
    /// Words: every character that Markdown could read as markup is escaped with a backslash.
    public static func escape(_ text: String) -> String {
        var result = ""
        for character in VisibleText.escape(text).unicodeScalars {
            if markup.contains(character) || result.isEmpty && opening.contains(character) { result += "\\" }
            switch character {
            case "<": result += "&lt;"
            case "&": result += "&amp;"
            case "@": result += "&#64;"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }

    /// Names, ids and values: a code span, in which nothing is markup, no mention is sent and no link is made.
    ///
    /// The fence is one backtick longer than the longest run inside (CommonMark 6.1); `|` is escaped because a table
    /// row is split before its cells are read (GFM 4.10).
    public static func code(_ text: String, inTable: Bool = false) -> String {
        let visible = VisibleText.escape(text)
        guard !visible.isEmpty else { return "" }
        var longest = 0
        var run = 0
        for character in visible.unicodeScalars {
            run = character == "`" ? run + 1 : 0
            longest = max(longest, run)
        }
        let fence = String(repeating: "`", count: longest + 1)
        let padding = longest > 0 || visible.hasPrefix(" ") || visible.hasSuffix(" ") ? " " : ""
        var content = ""
        for character in visible.unicodeScalars {
            if character == "|", inTable { content += "\\" }
            content.unicodeScalars.append(character)
        }
        return fence + padding + content + padding + fence
    }

    /// Markup anywhere. Without brackets there is no link and no image, without a colon no bare address.
    private static let markup = Set("\\`*_[]#!|>~:".unicodeScalars)
    /// Markup only where a line begins: lists and rules.
    private static let opening = Set("-+=".unicodeScalars)
}
