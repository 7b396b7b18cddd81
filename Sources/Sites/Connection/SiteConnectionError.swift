/// Why a site cannot even be asked: something in its settings or on this machine does not hold.
public struct SiteConnectionError: Error, Sendable, CustomStringConvertible {
    /// The name of the site, or `vault`.
    public var site: String
    public var reason: String
    /// What to do next.
    public var hint: String?

    public init(site: String, reason: String, hint: String? = nil) {
        self.site = site
        self.reason = reason
        self.hint = hint
    }

    public var description: String { "\(site): \(reason)" + (hint.map { "; \($0)" } ?? "") }
}
