/// The boundaries between the steps of a failover and a failback. Whatever happens at one of them, the same command, run
/// again, goes on from there.
public enum FailoverStep: String, Sendable, CaseIterable {
    /// Nothing has been written anywhere.
    case planned = "failover-planned"
    /// Terraform's lock is held on the fenced side.
    case primaryLocked = "primary-locked"
    /// Locks that replication left on the DR side are gone.
    case locksRemoved = "locks-removed"
    /// The fence stands on the DR side.
    case fenced
    /// The fence stands on both sides.
    case primaryFenced = "primary-fenced"
    case digestSeeded = "digest-seeded"
    /// The DR side was read back.
    case examined
    /// Failback: the DR side is locked, nobody writes there.
    case drLocked = "dr-locked"
    /// Failback: the fence says what will be written.
    case noted
    /// Failback: the primary side has the newest generation.
    case returned
    /// Failback: the fence on the primary side is ended, that on the DR side is not.
    case halfEnded = "half-ended"
    /// Failback: both fences are ended; locks are still held.
    case ended
    /// Failback: the lock of the failover is gone; the DR side's is still held.
    case primaryUnlocked = "primary-unlocked"
}
