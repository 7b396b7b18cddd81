/// What a bucket copies where
/// (https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketReplication.html).
public struct S3ReplicationConfiguration: Hashable, Sendable {
    /// The IAM role that S3 assumes.
    public var role: String
    public var rules: [Rule]

    /// One replication rule.
    public struct Rule: Hashable, Sendable {
        public var id: String?
        public var isEnabled: Bool
        /// Higher numbers win among rules with the same destination. Only in rules with a filter.
        public var priority: Int?
        /// The first version of the format: no filter element, delete markers of users are always replicated.
        public var isFirstVersion: Bool
        /// Empty for all keys.
        public var prefix: String
        /// An object must have all of them.
        public var tags: [String: String]
        /// Whether delete markers are replicated. Nil: not said.
        public var replicatesDeleteMarkers: Bool?
        /// Whether objects encrypted with KMS keys are replicated.
        public var replicatesKMSObjects: Bool
        /// Whether changes of metadata on replicas go the other way.
        public var replicatesReplicaModifications: Bool
        public var destination: Destination

        /// Whether an object with this key is in the rule's scope, tags aside.
        public func covers(key: String) -> Bool { key.utf8.starts(with: prefix.utf8) }
    }

    /// Where a rule copies to.
    public struct Destination: Hashable, Sendable {
        /// `arn:aws:s3:::bucket`.
        public var bucketARN: String
        public var account: String?
        public var storageClass: String?
        /// The destination's account becomes the owner of the copies.
        public var changesOwner: Bool
        public var replicaKMSKeyID: String?
        /// Replication Time Control: minutes within which 99.99 % are to be copied.
        public var timeControlMinutes: Int?
        public var hasMetrics: Bool

        /// The bucket's name.
        public var bucket: String { bucketARN.split(separator: ":").last.map(String.init) ?? bucketARN }
    }
}

extension S3ReplicationConfiguration {
    init?(_ root: XMLElement) {
        let rules = root.all("Rule").map { Rule($0) }
        // Ceph answers 200 with an empty role and no rule where AWS says 404.
        guard !rules.isEmpty else { return nil }
        self.init(role: root.value("Role") ?? "", rules: rules)
    }
}

extension S3ReplicationConfiguration.Rule {
    init(_ rule: XMLElement) {
        func isOn(_ element: XMLElement?) -> Bool { element?.value("Status") == "Enabled" }
        let filter = rule["Filter"]
        let both = filter?["And"]
        let tags = both?.all("Tag") ?? filter?.all("Tag") ?? []
        id = rule.value("ID")
        isEnabled = isOn(rule)
        priority = rule.value("Priority").flatMap { Int($0) }
        isFirstVersion = filter == nil
        prefix = both?.value("Prefix") ?? filter?.value("Prefix") ?? rule.value("Prefix") ?? ""
        self.tags = Dictionary(tags.map { ($0.value("Key") ?? "", $0.value("Value") ?? "") }) { $1 }
        replicatesDeleteMarkers = rule["DeleteMarkerReplication"].map { isOn($0) }
        replicatesKMSObjects = isOn(rule["SourceSelectionCriteria"]?["SseKmsEncryptedObjects"])
        replicatesReplicaModifications = isOn(rule["SourceSelectionCriteria"]?["ReplicaModifications"])
        let place = rule["Destination"]
        let time = place?["ReplicationTime"]
        destination = S3ReplicationConfiguration.Destination(
            bucketARN: place?.value("Bucket") ?? "", account: place?.value("Account"), storageClass: place?.value("StorageClass"),
            changesOwner: place?["AccessControlTranslation"]?.value("Owner") == "Destination",
            replicaKMSKeyID: place?["EncryptionConfiguration"]?.value("ReplicaKmsKeyID"),
            timeControlMinutes: isOn(time) ? time?["Time"]?.value("Minutes").flatMap { Int($0) } ?? 15 : nil,
            hasMetrics: isOn(place?["Metrics"]))
    }
}

extension S3Bucket {
    /// The bucket's replication rules.
    public func replication() async throws -> S3Setting<S3ReplicationConfiguration> {
        try await setting(settingRequest("GetBucketReplication", "replication")) { S3ReplicationConfiguration($0) }
    }
}
