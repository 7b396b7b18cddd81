public import Sites

/// One end of a replication: a site, or why it cannot even be asked.
public struct VerifySide: Sendable {
    public var settings: SiteSettings
    /// Nil when no connection could be prepared; then ``obstacle`` says why.
    public var site: Site?
    public var obstacle: VerifyProblem?

    public init(settings: SiteSettings, site: Site?, obstacle: VerifyProblem? = nil) {
        (self.settings, self.site, self.obstacle) = (settings, site, obstacle)
    }

    public init(_ site: Site) { self.init(settings: site.settings, site: site) }

    var name: String { settings.name }
}
