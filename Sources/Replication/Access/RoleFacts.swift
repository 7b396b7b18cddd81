public import AccessControl

/// What IAM tells about the role that S3 replicates with.
public struct RoleFacts: Sendable {
    public enum Reading: Sendable {
        case read(IAMRole, [IAMPolicy])
        /// The account has no such role.
        case absent
        /// Why nothing is known.
        case unknown(String)
    }

    public var arn: String
    public var reading: Reading

    public init(arn: String, reading: Reading) { (self.arn, self.reading) = (arn, reading) }

    /// Role and policies, when they are known.
    var known: (role: IAMRole, policies: [IAMPolicy])? {
        if case .read(let role, let policies) = reading { (role, policies) } else { nil }
    }
}

/// What KMS tells about a key that replication uses.
public struct KeyFacts: Sendable {
    public enum Reading: Sendable {
        case read(KMSKey, KeyPolicy)
        /// There is no such key.
        case absent
        /// Why nothing is known.
        case unknown(String)
    }

    /// The policy of a key, which may be hidden when the key is not.
    public enum KeyPolicy: Sendable {
        case known(PolicyDocument)
        case unknown(String)
    }

    /// As the configuration names it: an id, an ARN or an alias.
    public var reference: String
    public var reading: Reading

    public init(reference: String, reading: Reading) { (self.reference, self.reading) = (reference, reading) }
}
