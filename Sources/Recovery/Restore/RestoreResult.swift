/// What a restore did, as far as it was proven.
public struct RestoreResult: Sendable, Hashable {
    /// The current version now; nil in a bucket without versioning.
    public var versionID: String?
    /// Nil for encrypted states.
    public var serial: UInt64?
    /// Hexadecimal.
    public var sha256: String
    /// Whether the digest item was written and read back; nil when the site has no lock table.
    public var digestUpdated: Bool?
    /// Whether the replica has the new version; nil when nothing tells, or nobody waited.
    public var isReplicated: Bool?
    /// A reference to what was there before; nil when there was nothing, or only a delete marker.
    public var undo: String?
    /// Locks of runs of ours that had ended, released on the way.
    public var abandonedLocks: [LockHolder]
    /// The lock that `--break-lock` named, taken from its holder.
    public var brokenLocks: [LockHolder] = []
    /// What did not go as it should though the state is right.
    public var failures: [String]
    public var notes: [String]
}
