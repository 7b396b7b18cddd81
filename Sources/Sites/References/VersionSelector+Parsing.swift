import Timestamps

extension VersionSelector {
    /// What a piece of text turns out to be.
    enum Reading: Equatable {
        case selector(VersionSelector)
        /// Plainly meant as a version, and wrong: never to be taken for a part of a key in silence.
        case malformed(reason: String)
        /// Ordinary text, such as the rest of a key with an `@` in it.
        case other
    }

    /// Reads the text after an `@`.
    static func read(_ text: some StringProtocol) -> Reading {
        let text = String(text)
        switch text {
        case "": return .malformed(reason: "nothing follows the @")
        case "latest": return .selector(.latest)
        case "last-good": return .selector(.lastGood)
        default: break
        }
        if let value = text.dropping("serial=") {
            guard isDigits(value), let serial = UInt64(value) else { return .malformed(reason: "\"\(value)\" is no serial") }
            return .selector(.serial(serial))
        }
        if let value = text.dropping("id=") {
            return value.isEmpty ? .malformed(reason: "id= without a version id") : .selector(.versionID(value))
        }
        if let value = text.dropping("snapshot=") {
            return value.isEmpty ? .malformed(reason: "snapshot= without an id") : .selector(.snapshot(value))
        }
        if let value = text.dropping("-"), isDigits(value) {
            guard let count = Int(value), count >= 1 else { return .malformed(reason: "\"\(text)\" counts no versions back") }
            return .selector(.before(count))
        }
        if let moment = Timestamp(rfc3339: text) { return .selector(.at(moment)) }
        if let time = RelativeTime(text) { return .selector(.ago(time)) }
        if looksLikeDate(text) { return .malformed(reason: dateComplaint(text)) }
        return .other
    }

    /// A date or a time in some other notation: begins with digits, a separator and digits, and holds nothing that a date would not.
    private static func looksLikeDate(_ text: String) -> Bool {
        let scalars = Array(text.unicodeScalars)
        guard let first = scalars.first, isDigit(first), scalars.count >= 6 else { return false }
        let head = scalars.prefix { isDigit($0) }
        guard head.count == 2 || head.count == 4 || head.count == 1 || head.count == 8, head.count < scalars.count || head.count == 8 else {
            return false
        }
        if head.count < 8, !["-", "/", "."].contains(scalars[head.count]) { return false }
        var separators = 0
        for scalar in scalars {
            switch scalar {
            case "0"..."9": continue
            case "-", "/", ".", ":", "+": separators += 1
            case " ", "T", "t", "Z", "z", "_": continue
            default: return false
            }
        }
        return separators >= 2 || head.count == 8
    }

    private static func dateComplaint(_ text: String) -> String {
        let year = text.unicodeScalars.prefix { isDigit($0) }.count == 4
        return year
            ? "\"\(text)\" says no time zone or is no whole moment"
            : "\"\(text)\" could be read in more than one way"
    }

    private static func isDigits(_ text: String) -> Bool { !text.isEmpty && text.unicodeScalars.allSatisfy(isDigit) }
    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
}

extension String {
    /// The rest after a prefix, or nil when the text does not begin with it.
    func dropping(_ prefix: String) -> String? {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
    }
}
