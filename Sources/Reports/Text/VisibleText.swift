/// Makes text from states, keys and servers safe to show: whatever a terminal, a log viewer or a reader's eye could be
/// tricked by is written out as a visible escape.
///
/// Escaped are the control characters (C0, DEL, C1), line and paragraph separators, format characters (bidirectional
/// overrides and isolates, zero-width characters, byte-order marks, tag characters), every space that is not U+0020,
/// fillers that look like nothing, and variation selectors. `\n`, `\r` and `\t` are written so; the rest as `\u{202e}`.
/// A backslash stays itself, so addresses look exactly as Terraform prints them.
public enum VisibleText {
    /// The text with every deceptive scalar written out.
    public static func escape(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
        var result = ""
        result.reserveCapacity(text.utf8.count + 16)
        for scalar in text.unicodeScalars {
            if isPlain(scalar) {
                result.unicodeScalars.append(scalar)
            } else {
                appendEscape(of: scalar, to: &result)
            }
        }
        return result
    }

    /// Whether the scalar may be shown as it is.
    public static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x7E: return true
        case 0...0x9F: return false
        case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0: return false  // look like nothing at all
        case 0xFE00...0xFE0F, 0xE0100...0xE01EF, 0x180B...0x180F: return false  // variation selectors
        default: break
        }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .surrogate: return false
        default: return true
        }
    }

    private static func appendEscape(of scalar: Unicode.Scalar, to result: inout String) {
        switch scalar {
        case "\n": result += "\\n"
        case "\r": result += "\\r"
        case "\t": result += "\\t"
        default: result += "\\u{\(String(scalar.value, radix: 16))}"
        }
    }
}
