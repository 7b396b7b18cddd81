/// A role: who may assume it.
public struct IAMRole: Sendable, Hashable {
    public var arn: String
    /// Nil when it could not be understood.
    public var trust: PolicyDocument?
    /// A policy that bounds what all others may allow.
    public var boundaryARN: String?

    public init(arn: String, trust: PolicyDocument?, boundaryARN: String? = nil) {
        (self.arn, self.trust, self.boundaryARN) = (arn, trust, boundaryARN)
    }
}

/// A policy of a role.
public struct IAMPolicy: Sendable, Hashable {
    /// The name of an inline policy, the ARN of an attached one.
    public var name: String
    /// Nil when it could not be understood.
    public var document: PolicyDocument?

    public init(name: String, document: PolicyDocument?) { (self.name, self.document) = (name, document) }
}
