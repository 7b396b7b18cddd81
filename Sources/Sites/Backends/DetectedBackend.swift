/// The S3 backend of a Terraform folder, as `tfguard init` found it.
public struct DetectedBackend: Sendable, Equatable {
    /// Where it was read.
    public struct Source: Sendable, Equatable, CustomStringConvertible {
        public var file: String
        /// 1-based; nil for Terraform's cache.
        public var line: Int?

        public var description: String { line.map { "\(file):\($0)" } ?? file }
    }

    public var source: Source
    /// Settings for a site; ``SiteSettings/name`` is a proposal. Holds no credentials.
    public var site: SiteSettings
    /// The key of the folder's own state; nil when it could not be read.
    public var key: String?
    /// What the reader should know: settings that could not be read or were left out, partial configuration.
    public var notes: [String]

    public init(source: Source, site: SiteSettings, key: String?, notes: [String]) {
        self.source = source
        self.site = site
        self.key = key
        self.notes = notes
    }
}
