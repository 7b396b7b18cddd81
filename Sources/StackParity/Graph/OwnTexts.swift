internal import ProviderSchema
internal import StateJSON

/// Tells the texts by which others can refer to an instance.
enum OwnTexts {
    enum Kind {
        case own, computed, name
        /// A name if the id or the ARN shows it to be the object's own.
        case perhaps
    }

    /// Shorter texts are too common to tell anybody apart.
    static let shortest = 3

    /// What the string at a top-level attribute is to its object; nil for nothing.
    static func kind(of text: ByteText, _ node: AttributeNode) -> Kind? {
        guard text.count >= shortest else { return nil }
        switch node.role {
        case .id, .arn: return .own
        case .name: return .name
        case .plain, .mirror, .counter:
            if node.isComputedText { return isTelling(text) ? .computed : nil }
            return .perhaps
        default: return nil
        }
    }

    /// Whether a text that is not computed is still the object's own name: its id says so, or its ARN ends with it.
    static func isOwnName(_ text: ByteText, id: JSONValue?, arn: JSONValue?) -> Bool {
        OwnNames(id: id, arn: arn).contain(text)
    }

    /// Not a state word like `available`, a number, a date.
    static func isTelling(_ text: ByteText) -> Bool {
        guard text.count >= 6, !TextShape.isTimestamp(text) else { return false }
        var digits = 0
        var others = false
        for byte in text {
            if byte.isDigit { digits += 1 } else { others = true }
        }
        if !others { return digits >= 9 }
        return digits > 0 || text.contains(UInt8(ascii: "/")) || text.contains(UInt8(ascii: ":")) || text.contains(UInt8(ascii: "."))
    }
}

/// What an object is called by its id and its ARN.
struct OwnNames {
    var id: JSONValue?
    var arn: JSONValue?

    func contain(_ text: ByteText) -> Bool {
        if let id, id.equals(text) { return true }
        guard let arn, arn.isString else { return false }
        return arn.withDecodedBytes { arn in
            guard arn.count > text.count + 1 else { return false }
            let start = arn.count - text.count
            let before = arn[start - 1]
            return (before == UInt8(ascii: ":") || before == UInt8(ascii: "/")) && arn.part(start..<arn.count).isEqual(to: text)
        }
    }
}
