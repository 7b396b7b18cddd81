/// How many terminal columns text takes: wide East Asian characters and emoji take two, combining marks none.
///
/// For text that went through ``VisibleText``: control characters count as nothing here.
public enum DisplayWidth {
    /// Columns of the whole text.
    public static func of(_ text: String) -> Int {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
        return text.reduce(0) { $0 + of($1) }
    }

    /// Columns of one user-perceived character (0, 1 or 2).
    public static func of(_ character: Character) -> Int {
        guard let first = character.unicodeScalars.first else { return 0 }
        if first.isASCII { return 1 }
        if first.properties.isEmojiPresentation || isWide(first.value) { return 2 }
        switch first.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: return 1
        }
    }

    /// The longest beginning of the text that fits the columns.
    public static func prefix(_ text: String, columns: Int) -> String {
        var used = 0
        var result = ""
        for character in text {
            let width = of(character)
            guard used + width <= columns else { break }
            used += width
            result.append(character)
        }
        return result
    }

    /// Shortens text to the columns with an ellipsis at its end, or in its middle where both ends tell something.
    public static func truncate(_ text: String, columns: Int, keepingEnd: Bool = false) -> String {
        guard of(text) > columns else { return text }
        guard columns > 1 else { return columns == 1 ? "…" : "" }
        guard keepingEnd, columns >= 5 else { return prefix(text, columns: columns - 1) + "…" }
        let head = (columns - 1) / 2
        let tail = String(prefix(String(text.reversed()), columns: columns - 1 - head).reversed())
        return prefix(text, columns: head) + "…" + tail
    }

    /// Scalars of East Asian width W or F (Unicode 15.1, EastAsianWidth.txt), gathered into ranges.
    private static func isWide(_ value: UInt32) -> Bool {
        switch value {
        case 0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF,
            0x4E00...0x9FFF, 0xA000...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19,
            0xFE30...0xFE6B, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18CFF, 0x1AFF0...0x1B2FB, 0x1F200...0x1F265,
            0x1F300...0x1F320, 0x1F32D...0x1F335, 0x1F337...0x1F37C, 0x1F37E...0x1F393, 0x1F3A0...0x1F3CA,
            0x1F3E0...0x1F3F0, 0x1F3F8...0x1F43E, 0x1F440...0x1F4FC, 0x1F4FF...0x1F53D, 0x1F550...0x1F567,
            0x1F5FB...0x1F64F, 0x1F680...0x1F6C5, 0x1F900...0x1F9FF, 0x1FA70...0x1FAFF, 0x20000...0x3FFFD:
            return true
        default:
            return false
        }
    }
}
