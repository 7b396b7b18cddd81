/// Lists inside an error's words (the credential sources that were asked) as one line, as problems are shown.
enum OneLine {
    static func of(_ text: String) -> String {
        var line = ""
        for part in text.split(separator: "\n") {
            var item = part.drop { $0 == " " }
            if item.hasPrefix("- ") { item = item.dropFirst(2) }
            if !line.isEmpty { line += line.hasSuffix(":") ? " " : "; " }
            line += item
        }
        return line
    }
}
