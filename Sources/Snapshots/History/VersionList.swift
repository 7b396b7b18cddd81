/// The history of one state.
public struct VersionList: Sendable, Hashable {
    public var site: String
    public var key: String
    /// Newest first.
    public var entries: [VersionEntry]
    /// What a reader should know: S3 did not answer, the vault's history is damaged.
    public var notes: [String]
    /// Where the entries come from.
    public var origins: Origins

    public struct Origins: OptionSet, Sendable, Hashable {
        public let rawValue: UInt8
        public init(rawValue: UInt8) { self.rawValue = rawValue }
        public static let s3 = Origins(rawValue: 1)
        public static let vault = Origins(rawValue: 2)
    }

    public init(site: String, key: String, entries: [VersionEntry], notes: [String], origins: Origins) {
        self.site = site
        self.key = key
        self.entries = entries
        self.notes = notes
        self.origins = origins
    }

    /// `SITE:KEY`.
    public var reference: String { SiteReferenceText.text(site: site, key: key) }
}

/// Writes a reference without its version.
enum SiteReferenceText {
    static func text(site: String, key: String) -> String { "\(site):\(key)" }
}
