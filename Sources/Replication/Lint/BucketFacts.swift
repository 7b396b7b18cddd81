public import S3
public import Sites

/// What one bucket's settings say, as far as they may be read.
public struct BucketFacts: Sendable {
    public var site: SiteSettings
    public var location: S3Setting<String> = .notSupported
    public var versioning: S3Setting<S3Versioning> = .notSupported
    public var encryption: S3Setting<S3BucketEncryption> = .notSupported
    public var lifecycle: S3Setting<[S3LifecycleRule]> = .notSupported
    public var objectLock: S3Setting<S3BucketObjectLock> = .notSupported
    public var publicAccessBlock: S3Setting<S3PublicAccessBlock> = .notSupported
    public var policy: S3Setting<String> = .notSupported
    public var policyIsPublic: S3Setting<Bool> = .notSupported

    public init(site: SiteSettings) { self.site = site }

    /// How findings name it.
    var subject: String { "\(site.name) (s3://\(site.bucket))" }

    /// Reads all settings; one that fails does not keep the others from being read.
    static func read(_ site: Site, limit: Int) async throws -> BucketFacts {
        let bucket = site.bucket
        async let location = setting { try await bucket.location() }
        async let versioning = setting { try await bucket.versioning() }
        async let encryption = setting { try await bucket.encryption() }
        async let lifecycle = setting { try await bucket.lifecycle() }
        async let objectLock = setting { try await bucket.objectLock() }
        async let publicAccessBlock = setting { try await bucket.publicAccessBlock() }
        async let policy = setting { try await bucket.policy() }
        async let policyIsPublic = setting { try await bucket.policyIsPublic() }
        var facts = BucketFacts(site: site.settings)
        (facts.location, facts.versioning, facts.encryption) = (try await location, try await versioning, try await encryption)
        (facts.lifecycle, facts.objectLock) = (try await lifecycle, try await objectLock)
        (facts.publicAccessBlock, facts.policy, facts.policyIsPublic) = (try await publicAccessBlock, try await policy, try await policyIsPublic)
        return facts
    }

    /// A setting of which no answer came is unknown: the listing will say what is wrong with the bucket.
    static func setting<Value>(_ read: @Sendable () async throws -> S3Setting<Value>) async throws -> S3Setting<Value> {
        do {
            return try await read()
        } catch let error as S3Error {
            return .unknown(error)
        }
    }
}
