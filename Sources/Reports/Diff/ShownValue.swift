/// A value of a state on its way to a reader: shown, or hidden behind a keyed hash.
public enum ShownValue: Sendable, Hashable {
    /// There is no value on this side.
    case absent
    case shown(JSONNode)
    /// Sensitive: only the hash of ``SecretMask`` is known here.
    case masked(fingerprint: String)

    /// The value as JSON; null when there is none, or when it is hidden.
    var node: JSONNode {
        if case .shown(let node) = self { node } else { .null }
    }

    var fingerprint: String? {
        if case .masked(let fingerprint) = self { fingerprint } else { nil }
    }

    /// Characters of a value that a page shows before it is cut.
    static let longest = 160

    /// As one line of a page.
    func phrase(isDetailed: Bool) -> Phrase {
        switch self {
        case .absent: .words("(none)", .faint)
        case .masked(let fingerprint): .words("(sensitive) \(fingerprint)", .faint)
        case .shown(let node): .verbatim(Self.cut(JSONWriter.line(node), isDetailed: isDetailed))
        }
    }

    static func cut(_ text: String, isDetailed: Bool) -> String {
        guard !isDetailed, text.count > longest else { return text }
        return "\(text.prefix(longest - 24))… (\(Quantity.grouped(text.count)) characters)"
    }
}
