public import Sites

/// A site that the configuration's replication pairs with the one that is examined.
public struct PairedSite: Sendable {
    public var site: Site
    /// The largest lag that is still acceptable.
    public var recoveryPoint: Duration?
    /// Whether states are replicated from there; else they are replicated to there.
    public var isOrigin: Bool

    public init(site: Site, recoveryPoint: Duration?, isOrigin: Bool) {
        self.site = site
        self.recoveryPoint = recoveryPoint
        self.isOrigin = isOrigin
    }
}
