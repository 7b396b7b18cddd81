/// What `tfguard.yaml` says: where the states live, where backups go, and how both are judged.
///
/// Holds no secret: credentials come from the AWS credential chain, passphrases from a file or a command.
/// Relative paths of the file are already resolved against the folder of the file.
public struct Configuration: Sendable, Equatable {
    /// The file that was read, or nil for a configuration made in memory.
    public var file: String?
    public var vault: VaultSettings?
    /// In the order of the file: the first site is the default of commands that take one.
    public var sites: [SiteSettings]
    public var replication: [ReplicationLink]
    public var drift: DriftSettings
    public var retention: RetentionSettings
    public var drill: DrillSettings

    public init(
        file: String? = nil, vault: VaultSettings? = nil, sites: [SiteSettings] = [], replication: [ReplicationLink] = [],
        drift: DriftSettings = DriftSettings(), retention: RetentionSettings = RetentionSettings(), drill: DrillSettings = DrillSettings()
    ) {
        self.file = file
        self.vault = vault
        self.sites = sites
        self.replication = replication
        self.drift = drift
        self.retention = retention
        self.drill = drill
    }

    /// The settings of a site.
    /// - Throws: ``ReferenceError`` that names the sites there are, the nearest first.
    public func site(_ name: String) throws(ReferenceError) -> SiteSettings {
        if let site = sites.first(where: { $0.name == name }) { return site }
        throw ReferenceError(
            reference: name, reason: .unknownSite(name: name, known: sites.map(\.name)))
    }
}
