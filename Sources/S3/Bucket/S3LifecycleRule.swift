/// One lifecycle rule
/// (https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLifecycleConfiguration.html). For states what matters
/// is when old versions vanish.
public struct S3LifecycleRule: Hashable, Sendable {
    public var id: String?
    public var isEnabled: Bool
    /// Empty for all keys.
    public var prefix: String
    /// Whether the rule looks at tags or sizes too.
    public var hasOtherFilters: Bool
    /// Days after which current versions are hidden behind a delete marker.
    public var expirationDays: Int?
    /// Days after which versions that are no longer current are deleted for good.
    public var noncurrentExpirationDays: Int?
    /// How many noncurrent versions that deletion leaves.
    public var keptNoncurrentVersions: Int?
    public var abortsMultipartAfterDays: Int?
    /// Days and storage class of moves of current versions.
    public var transitions: [Transition]
    /// Of noncurrent ones.
    public var noncurrentTransitions: [Transition]

    /// A move to another storage class.
    public struct Transition: Hashable, Sendable {
        public var days: Int
        public var storageClass: String
    }

    init(_ rule: XMLElement) {
        func number(_ element: XMLElement?, _ name: String) -> Int? { element?.value(name).flatMap { Int($0) } }
        let filter = rule["Filter"]
        let both = filter?["And"]
        let inner = (both ?? filter)?.children ?? []
        id = rule.value("ID")
        isEnabled = rule.value("Status") == "Enabled"
        prefix = both?.value("Prefix") ?? filter?.value("Prefix") ?? rule.value("Prefix") ?? ""
        hasOtherFilters = inner.contains { $0.name != "Prefix" }
        expirationDays = number(rule["Expiration"], "Days")
        noncurrentExpirationDays = number(rule["NoncurrentVersionExpiration"], "NoncurrentDays")
        keptNoncurrentVersions = number(rule["NoncurrentVersionExpiration"], "NewerNoncurrentVersions")
        abortsMultipartAfterDays = number(rule["AbortIncompleteMultipartUpload"], "DaysAfterInitiation")
        transitions = rule.all("Transition").map { Transition(days: number($0, "Days") ?? 0, storageClass: $0.value("StorageClass") ?? "") }
        noncurrentTransitions = rule.all("NoncurrentVersionTransition").map {
            Transition(days: number($0, "NoncurrentDays") ?? 0, storageClass: $0.value("StorageClass") ?? "")
        }
    }
}

extension S3Bucket {
    /// The lifecycle rules.
    public func lifecycle() async throws -> S3Setting<[S3LifecycleRule]> {
        try await setting(settingRequest("GetBucketLifecycleConfiguration", "lifecycle")) { root in
            let rules = root.all("Rule").map { S3LifecycleRule($0) }
            return rules.isEmpty ? nil : rules
        }
    }
}
