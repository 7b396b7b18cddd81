/// How Terraform locks the states of a site: `use_lockfile` and `dynamodb_table` of its S3 backend.
public struct LockSettings: Sendable, Equatable {
    /// `KEY.tflock` objects; nil when the file does not say.
    public var useLockfile: Bool?
    public var dynamodbTable: String?

    public init(useLockfile: Bool? = nil, dynamodbTable: String? = nil) {
        self.useLockfile = useLockfile
        self.dynamodbTable = dynamodbTable
    }
}
