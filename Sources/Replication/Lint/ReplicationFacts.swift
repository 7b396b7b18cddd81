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
    /// When the vault last saw the primary side; nil without a vault.
    public var lastSnapshot: Timestamp?
    public var now: Timestamp

    public init(source: BucketFacts?, destination: BucketFacts?, replication: S3Setting<S3ReplicationConfiguration>, now: Timestamp) {
        (self.source, self.destination, self.replication, self.now) = (source, destination, replication, now)
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
