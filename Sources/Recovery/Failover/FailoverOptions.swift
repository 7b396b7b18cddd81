/// How a failover is to be done.
public struct FailoverOptions: Sendable, Hashable {
    /// Whether Terraform's own lock is held on the fenced side.
    public enum PrimaryLock: String, Sendable, Hashable, CaseIterable {
        /// The item of a lock table always; a lock file only when nobody can be at work on the DR side yet, since replication
        /// carries it there.
        case automatic = "auto"
        case always
        case never
    }

    /// `--while-primary-answers`: leave a primary side that is alive.
    public var whilePrimaryAnswers: Bool
    /// `--accept-loss`: leave versions behind that a living primary side could still give.
    public var acceptsLoss: Bool
    /// `--break-lock`: IDs of locks on the DR side that are known to be dead.
    public var breakLocks: Set<String>
    public var primaryLock: PrimaryLock
    /// How long replication may take to bring the last version, and the lock.
    public var wait: Duration

    public init(
        whilePrimaryAnswers: Bool = false, acceptsLoss: Bool = false, breakLocks: Set<String> = [], primaryLock: PrimaryLock = .automatic, wait: Duration = .seconds(30)
    ) {
        (self.whilePrimaryAnswers, self.acceptsLoss, self.breakLocks) = (whilePrimaryAnswers, acceptsLoss, breakLocks)
        (self.primaryLock, self.wait) = (primaryLock, wait)
    }
}
