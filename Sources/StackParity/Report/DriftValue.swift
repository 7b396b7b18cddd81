internal import SecretDetection

/// One side's value in a finding.
public enum DriftValue: Hashable, Sendable {
    /// The attribute is not there, or the instance is not.
    case absent
    /// JSON text of the value, cut after `DriftValue.longest` bytes.
    case text(String)
    /// Never shown; two sensitive values in one finding always differ.
    case sensitive

    /// Bytes of a value that a finding keeps.
    public static let longest = 2000
}

extension DriftValue {
    /// A private key, a token, a URL with a password.
    var looksSecret: Bool {
        if case .text(let text) = self { SecretShape.isSecret(text) } else { false }
    }
}
