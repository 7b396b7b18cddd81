public import S3

/// One version that is not simply there on both sides, with what is known about why.
public struct LedgerLine: Sendable, Hashable {
    /// Why the two sides differ about it.
    public enum Cause: String, Sendable, Hashable, CaseIterable {
        /// S3 says that the copy is still to come.
        case pending
        /// S3 gave up on it, and does not try again by itself.
        case failed
        /// S3 says that it was copied, and it is not there: deleted on the DR side.
        case completedButAbsent = "completed_but_absent"
        /// A rule covers it, and S3 never looked at it: it is older than the rule.
        case olderThanRule = "older_than_rule"
        /// No enabled rule covers its key.
        case notCovered = "not_covered"
        /// A delete marker, and the rules do not replicate those.
        case deleteMarkerByRule = "delete_marker_by_rule"
        /// Itself a copy from elsewhere: replicas are not replicated on.
        case isReplica = "is_replica"
        /// The server says nothing about replication: only the listings are known.
        case unknown
        /// What the server says about it may not be read, or could not.
        case unreadable
        /// The same version with another content.
        case differentContent = "different_content"
        /// On the DR side only, and S3 says that it came by replication: it was deleted on the primary side.
        case deletedOnPrimary = "deleted_on_primary"
        /// On the DR side only, and not by replication: somebody wrote there.
        case writtenOnDR = "written_on_dr"
        /// On the DR side only, and written after the snapshot that stands in for the primary side.
        case newerThanSnapshot = "newer_than_snapshot"
        /// The content could not be compared.
        case unverified
    }

    public var version: S3ObjectVersion
    public var cause: Cause
    /// The `x-amz-replication-status` of the version, where it was asked for and told.
    public var status: S3ReplicationStatus?
    /// The id of the counterpart on the other side, when it is another one.
    public var counterpartID: String?
    /// The serial of the state in it, where that is known.
    public var serial: UInt64?

    public init(version: S3ObjectVersion, cause: Cause, status: S3ReplicationStatus? = nil, counterpartID: String? = nil, serial: UInt64? = nil) {
        (self.version, self.cause, self.status) = (version, cause, status)
        (self.counterpartID, self.serial) = (counterpartID, serial)
    }
}
