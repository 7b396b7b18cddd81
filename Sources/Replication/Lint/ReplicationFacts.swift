public import S3
internal import Sites
public import Timestamps

/// Everything that the configuration lint looks at. Plain values: the lint itself asks nobody.
public struct ReplicationFacts: Sendable {
    /// Nil when the side could not be asked at all.
    public var source: BucketFacts?
    public var destination: BucketFacts?
    /// The rules of the primary bucket.
    public var replication: S3Setting<S3ReplicationConfiguration>
    /// Keys of states on the primary side.
    public var stateKeys: [String] = []
    /// Whether versions arrived although no rule could be read: the server replicates in a way of its own.
    public var arrivesWithoutRules = false
    /// Whether lock objects were seen, or the site says that Terraform uses them.
    public var usesLockFiles = false
    /// The lock tables of both sides; nil where none is configured.
    public var sourceTable: LockTableFacts?
    public var destinationTable: LockTableFacts?
    /// The role that S3 replicates with; nil when it was not asked about.
    public var role: RoleFacts?
    /// The keys that the source is encrypted with, and those that the rules name for the replicas.
    public var sourceKeys: [KeyFacts] = []
    public var replicaKeys: [KeyFacts] = []
    /// When the vault last saw the primary side; nil without a vault.
    public var lastSnapshot: Timestamp?
    public var now: Timestamp

    public init(source: BucketFacts?, destination: BucketFacts?, replication: S3Setting<S3ReplicationConfiguration>, now: Timestamp) {
        (self.source, self.destination, self.replication, self.now) = (source, destination, replication, now)
    }

    /// Where the DR side is, by its bucket or its settings.
    var destinationRegion: String? {
        if let told = destination?.location.value, told.contains("-") { return told }
        return destination?.site.access.region
    }

    var destinationBucket: String? { destination?.site.bucket }

    /// Rules that lead to the DR bucket.
    var rules: [S3ReplicationConfiguration.Rule] {
        guard let all = replication.value?.rules, let bucket = destinationBucket else { return [] }
        return all.filter { $0.destination.bucket == bucket }
    }

    var enabledRules: [S3ReplicationConfiguration.Rule] { rules.filter(\.isEnabled) }

    /// What the rules mean for a key: among rules with one destination the highest priority wins. Objects that Terraform
    /// writes have no tags, so that a rule with a tag filter covers none of them.
    func coverage(of key: String) -> KeyCoverage {
        guard replication.value != nil, destination != nil else { return KeyCoverage() }
        let covering = enabledRules.filter { $0.tags.isEmpty && $0.covers(key: key) }
        guard let rule = covering.max(by: { ($0.priority ?? 0) < ($1.priority ?? 0) }) else { return KeyCoverage(isKnown: true) }
        // Rules of the first version replicate the delete markers of users.
        return KeyCoverage(isKnown: true, isCovered: true, replicatesDeleteMarkers: rule.isFirstVersion || rule.replicatesDeleteMarkers == true)
    }
}
