/// What the lock table of one side says about the side's states.
///
/// Terraform keeps the MD5 of a state beside its lock, as the item `BUCKET/KEY-md5`, and refuses to read a state whose bytes
/// have another one. Without an item it reads the state unchecked, with a warning in its log.
/// (hashicorp/terraform, internal/backend/remote-state/s3/client.go)
public struct LockTableFacts: Sendable {
    /// The other regions of the table.
    public enum Replicas: Sendable, Hashable {
        case regions([String])
        case unknown(String)
    }

    public var table: String
    /// Where the table is.
    public var region: String
    public var digests: [DigestReading]
    /// Why no digest at all could be read.
    public var obstacle: String?
    /// States whose digest was not asked for, because there are too many.
    public var unread: Int
    public var replicas: Replicas

    public init(table: String, region: String, digests: [DigestReading] = [], obstacle: String? = nil, unread: Int = 0, replicas: Replicas) {
        (self.table, self.region, self.digests) = (table, region, digests)
        (self.obstacle, self.unread, self.replicas) = (obstacle, unread, replicas)
    }
}

/// The digest of one state, held against the version that is current.
public struct DigestReading: Sendable, Hashable {
    public enum Verdict: Sendable, Hashable {
        case matches
        /// No item, or one without a digest.
        case absent
        /// It is that of another version of the state.
        case ofVersion(String, serial: UInt64?)
        /// It is that of no version of the state that could be looked at.
        case ofNoVersion
        /// There is a digest, and no current version.
        case orphaned
        /// Could not be read, or compared with anything.
        case unverified(String)
    }

    public var key: String
    public var verdict: Verdict

    public init(key: String, verdict: Verdict) { (self.key, self.verdict) = (key, verdict) }
}
