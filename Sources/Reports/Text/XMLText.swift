/// Text of others inside XML 1.0: an element's content or a quoted attribute.
///
/// XML 1.0 can't hold most control characters at all; ``VisibleText`` has written them out before this matters.
public enum XMLText {
    /// Deceptive scalars become visible escapes, then the five predefined entities are used.
    public static func escape(_ text: String) -> String {
        var result = ""
        for character in VisibleText.escape(text).unicodeScalars {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&apos;"
            case "\u{FFFE}", "\u{FFFF}": result += "\\u{\(String(character.value, radix: 16))}"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }
}
