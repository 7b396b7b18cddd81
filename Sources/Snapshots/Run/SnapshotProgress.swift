/// How far a run has come. All counters only grow; what is expected grows while the listing goes on.
public struct SnapshotProgress: Sendable, Hashable {
    public enum Phase: String, Sendable, Hashable {
        /// Still listing at least one site.
        case listing
        case fetching
        /// Making the snapshot visible.
        case committing
    }

    public var phase = Phase.listing
    public var keysListed = 0
    public var versionsListed = 0
    public var states = 0
    public var versionsToFetch = 0
    public var bytesToFetch: Int64 = 0
    public var versionsFetched = 0
    public var bytesFetched: Int64 = 0
    public var problems = 0
    /// The state that was worked on last, as `SITE:KEY`; not escaped.
    public var current: String?

    public init() {}
}
