/// A KMS key.
public struct KMSKey: Sendable, Hashable {
    public var arn: String
    /// `Enabled`, `Disabled`, `PendingDeletion`, …
    /// (https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html)
    public var state: String
    /// A key such as `aws/s3`, whose policy cannot be changed and which no other account can use.
    public var isManagedByAWS: Bool

    public init(arn: String, state: String, isManagedByAWS: Bool = false) {
        (self.arn, self.state, self.isManagedByAWS) = (arn, state, isManagedByAWS)
    }

    public var isEnabled: Bool { state == "Enabled" }
}
