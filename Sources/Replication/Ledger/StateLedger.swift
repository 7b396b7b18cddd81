internal import S3
public import Timestamps

/// The replication of one state: every version of the primary side accounted for. A delete marker is a version.
public struct StateLedger: Sendable {
    public var key: String
    /// Versions on the primary side, delete markers included.
    public var versions: Int
    public var deleteMarkers: Int
    /// There on both sides with the same content.
    public var replicated: Int
    /// Not on the DR side, newest first; pending and failed ones included.
    public var missing: [LedgerLine] = []
    /// On both sides with different content.
    public var different: [LedgerLine] = []
    /// On both sides, and the contents could not be compared.
    public var unverified: [LedgerLine] = []
    /// On the DR side only, newest first.
    public var extra: [LedgerLine] = []
    /// On both sides, but in another order.
    public var outOfOrder: [LedgerLine] = []
    /// Paired by content, since the DR side gives ids of its own.
    public var renamed = 0
    public var recoveryPoint = RecoveryPoint()
    /// What the lost versions would take along; nil when nothing would be lost.
    public var loss: StateLoss?
    /// Whether the version that is current on the DR side is one that the primary side never had.
    public var isOvergrown = false
    /// The version that is current on the DR side when it is another one than the replica of the primary side's current version, though that is there.
    public var staleCurrent: String?
    /// Whether the last version on the primary side is a delete marker that the rules keep from the DR side: the state lives on there.
    public var livesOnAfterDeletion = false

    public var pending: Int { missing.count { $0.cause == .pending } }
    public var failed: Int { missing.count { $0.cause == .failed } }

    public var isInStep: Bool { missing.isEmpty && different.isEmpty && unverified.isEmpty && extra.isEmpty && outOfOrder.isEmpty && staleCurrent == nil }
}

/// How far the DR side has come with one state: what a failover at this moment would find there.
public struct RecoveryPoint: Sendable, Hashable {
    /// The newest version of the primary side that is whole on the DR side; nil when none is.
    public var versionID: String?
    /// Its id on the DR side.
    public var replicaID: String?
    public var lastModified: Timestamp?
    public var isDeleteMarker = false
    public var serial: UInt64?
    /// Newer versions on the primary side, which would be lost.
    public var versionsAtRisk = 0
    /// When the oldest of them was written: all changes since then would be lost.
    public var oldestAtRisk: Timestamp?

    public init() {}

    /// How long the changes that would be lost reach back.
    public func exposure(at now: Timestamp) -> Duration {
        guard let oldestAtRisk else { return .zero }
        return max(.zero, now - oldestAtRisk)
    }
}

/// What the versions that the DR side lacks have changed.
public struct StateLoss: Sendable, Hashable {
    /// One resource instance that the lost serials created, changed or removed.
    public struct Resource: Sendable, Hashable {
        public var address: String
        /// `add`, `change`, `remove`, … as `tfguard diff` calls it.
        public var action: String
    }

    /// Serials of the versions at risk that could be read, newest first.
    public var serials: [UInt64] = []
    /// From the recovery point to the newest version; bounded.
    public var resources: [Resource] = []
    /// How many resources there are in all.
    public var resourceCount = 0
    /// Why the resources are not known.
    public var obstacle: String?

    public init() {}
}
