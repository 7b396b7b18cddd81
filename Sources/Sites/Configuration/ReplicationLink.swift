/// One direction in which states are replicated: `replication: [{from, to, recovery_point}]`.
public struct ReplicationLink: Sendable, Equatable {
    public var from: String
    public var to: String
    /// The largest lag that is still acceptable.
    public var recoveryPoint: Duration?

    public init(from: String, to: String, recoveryPoint: Duration? = nil) {
        self.from = from
        self.to = to
        self.recoveryPoint = recoveryPoint
    }
}
