public import Sites

/// One end of a replication: a site, or why it cannot even be asked.
public struct VerifySide: Sendable {
    public var settings: SiteSettings
    /// Nil when no connection could be prepared; then ``obstacle`` says why.
    public var site: Site?
    public var obstacle: VerifyProblem?
    /// What tells about lock table, role and keys.
    public var services: SideServices

    public init(settings: SiteSettings, site: Site?, obstacle: VerifyProblem? = nil, services: SideServices = SideServices()) {
        (self.settings, self.site, self.obstacle, self.services) = (settings, site, obstacle, services)
    }

    public init(_ site: Site, services: SideServices = SideServices()) {
        self.init(settings: site.settings, site: site, services: services)
    }

    var name: String { settings.name }
}
