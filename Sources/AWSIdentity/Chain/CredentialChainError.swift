/// No source gave credentials: every one that was asked, in order, and why it did not serve.
public struct CredentialChainError: Error, Sendable, CustomStringConvertible {
    /// In the order in which they were asked. When a source is configured but fails, it is the last one: a chain never
    /// goes on to other keys than those that were meant.
    public let attempts: [CredentialSourceError]

    /// True when nothing at all is configured, false when a configured source failed.
    public var nothingIsConfigured: Bool { attempts.allSatisfy(\.isNotConfigured) }

    public var description: String {
        let list = attempts.map { "  - \($0)" }.joined(separator: "\n")
        guard let last = attempts.last, !last.isNotConfigured else {
            return "no AWS credentials found; set AWS_PROFILE, set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, "
                + "or run `aws configure`. Looked at:\n\(list)"
        }
        return "no AWS credentials: \(last)\(attempts.count > 1 ? "\nlooked at, in this order:\n\(list)" : "")"
    }
}
