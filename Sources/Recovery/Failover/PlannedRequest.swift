/// One request that a plan would send, as the user is shown it before.
public struct PlannedRequest: Sendable, Hashable {
    /// As the service's API calls it: `PutObject`, `DeleteItem`.
    public var operation: String
    /// `s3://bucket/key`, or the table and item.
    public var target: String
    /// The condition under which the service does it; empty when there is none.
    public var condition: String
    /// What is sent, in words; empty when nothing is.
    public var content: String

    public init(_ operation: String, _ target: String, condition: String = "", content: String = "") {
        (self.operation, self.target) = (operation, target)
        (self.condition, self.content) = (condition, content)
    }

    /// Whether anything is different afterwards.
    public var writes: Bool { operation.hasPrefix("Put") || operation.hasPrefix("Delete") }
}
