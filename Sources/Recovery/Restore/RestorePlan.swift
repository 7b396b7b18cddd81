internal import Cryptography
internal import TerraformState
internal import S3
public import Snapshots
public import StateJSON

/// What a restore would do, with everything that it was decided from.
public struct RestorePlan: Sendable {
    public enum Action: String, Sendable, Hashable {
        /// Write the state, then its digest.
        case write
        /// The state is right; only its digest is not.
        case digest
        /// Everything is as it should be.
        case nothing
    }

    public var site: String
    public var key: String
    public var action: Action
    /// What is there now; nil when there is no current version.
    public var from: Side?
    /// Its version in the history, a delete marker perhaps.
    public var current: VersionEntry?
    /// What comes.
    public var to: Side
    /// The serial afterwards; nil for encrypted states, whose serial cannot be raised.
    public var newSerial: UInt64?
    /// Managed instances that exist and would no longer be in the state.
    public var lost: [AffectedInstance]
    /// Managed instances that would be in the state again, and may not exist any more.
    public var returning: [AffectedInstance]
    /// What keeps a foreign write out between the look and the write.
    public var guarding: WriteGuarding
    /// The ID of a lock that will be taken from its holder.
    public var brokenLock: String?
    /// Where the locks will be taken.
    public var locks: [String]
    public var holders: [LockHolder]
    /// The digest in the lock table now; nil when there is none or no table.
    public var digestBefore: String?
    /// The digest afterwards; nil when there is no table.
    public var digestAfter: String?
    /// What a person should weigh before saying yes.
    public var cautions: [String]
    /// Exactly what would be there afterwards.
    public var bytes: StateBytes
    /// SHA-256 of what would be there afterwards, in hexadecimal.
    public var newSHA256: String

    let attributes: S3ObjectAttributes
    let conditions: S3Conditions

    /// The lock holders that stand in the way: neither abandoned nor to be broken.
    public var obstacles: [LockHolder] {
        holders.filter { !$0.isAbandoned && (brokenLock == nil || $0.info?.id != brokenLock) }
    }

    /// `SITE:KEY`.
    public var reference: String { "\(site):\(key)" }

    /// One of the two states that a plan is about.
    public struct Side: Sendable, Hashable {
        public var reference: String
        public var versionID: String?
        public var verdict: Verdict
        public var size: Int
        public var sha256: String
        public var serial: UInt64?
        public var lineage: String?
        public var terraformVersion: String?
        public var resourceCount: Int?
        public var instanceCount: Int?

        init(_ content: ExaminedContent, verdict: Verdict, reference: String, versionID: String?) {
            self.reference = reference
            self.versionID = versionID
            self.verdict = verdict
            size = content.bytes.count
            sha256 = content.sha256.hex
            serial = content.generation?.serial
            lineage = content.generation?.lineage
            terraformVersion = content.reading.state?.terraformVersion
            resourceCount = content.reading.state?.resources.count
            instanceCount = content.reading.state?.instanceCount
        }
    }
}
