/// Writes text as a YAML scalar that reads back as the same text.
enum YAMLScalar {
    static func text(_ value: String) -> String {
        isPlain(value) ? value : quoted(value)
    }

    /// Plain only where there can be no doubt; everything else is quoted.
    private static func isPlain(_ value: String) -> Bool {
        guard let first = value.utf8.first, isLetter(first) || first == UInt8(ascii: "/") || value.hasPrefix("./") || value.hasPrefix("~/") else { return false }
        guard !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(value.lowercased()) else { return false }
        return value.utf8.allSatisfy { isLetter($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || "_./-~".utf8.contains($0) }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func quoted(_ value: String) -> String {
        var text = "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"", "\\": text += "\\\(scalar)"
            case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar == "\u{2028}" || scalar == "\u{2029}" || scalar == "\u{FEFF}":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }
}
