/// Text of others inside an HTML page: an element's content or a quoted attribute.
public enum HTMLText {
    /// Deceptive scalars become visible escapes, then `& < > " '` become entities.
    public static func escape(_ text: String) -> String {
        var result = ""
        for character in VisibleText.escape(text).unicodeScalars {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }
}
