public import S3

/// A site that can be talked to: its settings, its bucket, and which keys of the bucket belong to it.
public struct Site: Sendable {
    public let settings: SiteSettings
    public let bucket: S3Bucket

    /// - Parameter bucket: as ``SiteConnector`` makes it; tests pass their own.
    public init(settings: SiteSettings, bucket: S3Bucket) {
        self.settings = settings
        self.bucket = bucket
    }

    public var name: String { settings.name }
    public var layout: StateLayout { StateLayout(settings) }

    /// What the site's own `states` and `exclude` select, narrowed further by a run's patterns and shard.
    public func selection(_ patterns: [Glob] = [], shard: StateSelection.Shard? = nil) -> SiteSelection {
        SiteSelection(
            configured: StateSelection(include: settings.states.compactMap(Glob.init), exclude: settings.exclude.compactMap(Glob.init)),
            run: StateSelection(include: patterns, shard: shard))
    }

    /// Every key of the site with all its versions, in batches of about a listing page.
    public func keys() -> KeyVersionsSequence { KeyVersionsSequence(bucket: bucket, layout: layout) }
}

/// Two selections that both must agree: the configuration's and the run's.
public struct SiteSelection: Sendable {
    public var configured: StateSelection
    public var run: StateSelection

    /// Why a key is left out, or nil when it is wanted.
    public func exclusion(of key: String) -> IgnoredReason? {
        configured.exclusion(of: key) ?? run.exclusion(of: key)
    }
}
