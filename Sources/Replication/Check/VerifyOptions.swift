public import Sites

/// What a check is about, and what it may cost.
public struct VerifyOptions: Sendable {
    /// Only states whose key matches one of these; empty means all of the site.
    public var states: [Glob]
    /// Compares the bytes of every version on both sides, not only what the listings tell.
    public var comparesBytes: Bool
    /// Requests in flight at a time, both sides together.
    public var parallel: Int
    /// The largest lag that is acceptable (`recovery_point` of the configuration).
    public var recoveryPoint: Duration?
    /// Whether the run is remembered in the vault, for the lag of later runs.
    public var recordsObservation: Bool
    /// Versions whose status is asked for, at most.
    public var statusRequests = 20_000
    /// Pairs with doubtful content that are compared, at most.
    public var comparisons = 2_000
    /// Objects that are looked into because their name does not tell whether they are states, at most.
    public var examinedObjects = 1_000
    /// States in step whose serial is read with a small request when the vault does not know it; none when there are more.
    public var serialRequests = 25
    /// States of one side whose digest is read from its lock table, at most.
    public var digestRequests = 5_000
    /// States for which lost resources are worked out, at most.
    public var analysedStates = 100

    public init(states: [Glob] = [], comparesBytes: Bool = false, parallel: Int = 32, recoveryPoint: Duration? = nil, recordsObservation: Bool = true) {
        (self.states, self.comparesBytes, self.parallel) = (states, comparesBytes, max(1, parallel))
        (self.recoveryPoint, self.recordsObservation) = (recoveryPoint, recordsObservation)
    }

    /// A status `PENDING` is normal for so long when no objective is configured: AWS copies most objects within 15 minutes
    /// (https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-time-control.html).
    public static let usualLag = Duration.seconds(15 * 60)
}
