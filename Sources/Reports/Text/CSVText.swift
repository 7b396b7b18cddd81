/// One field of comma-separated values (RFC 4180) that no spreadsheet takes for a formula.
public enum CSVText {
    /// Quoted when needed; deceptive scalars become visible escapes; a field that begins like a formula
    /// (`=`, `+`, `-`, `@`) gets a leading apostrophe, unless it is a plain number.
    public static func field(_ text: String) -> String {
        var visible = VisibleText.escape(text)
        if let first = visible.unicodeScalars.first, "=+-@".unicodeScalars.contains(first), Double(visible) == nil {
            visible = "'" + visible
        }
        guard visible.unicodeScalars.contains(where: { $0 == "," || $0 == "\"" || $0 == "'" || $0 == ";" }) else { return visible }
        var quoted = "\""
        for character in visible.unicodeScalars {
            if character == "\"" { quoted += "\"" }
            quoted.unicodeScalars.append(character)
        }
        return quoted + "\""
    }
}
