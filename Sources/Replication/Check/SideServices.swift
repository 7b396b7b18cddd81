public import AccessControl
public import DynamoDB

/// The services beside S3 that tell about a side: its lock table, and who may do what.
public struct SideServices: Sendable {
    /// A service, or why it cannot be asked.
    public enum Access<Client: Sendable>: Sendable {
        case ready(Client)
        case unavailable(String)
    }

    public var dynamoDB: Access<DynamoDBClient> = .unavailable("DynamoDB was not asked")
    public var iam: Access<IAMClient> = .unavailable("IAM was not asked")
    public var identity: Access<CallerIdentity> = .unavailable("STS was not asked")
    public var kms: Access<KMSClient> = .unavailable("KMS was not asked")

    /// No service at all: what they would tell is unknown.
    public init() {}
}
