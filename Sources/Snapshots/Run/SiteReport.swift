public import Sites

/// What a run saw and did at one site.
public struct SiteReport: Sendable, Hashable {
    public var name: String
    public var states = 0
    /// Versions of states, delete markers not counted.
    public var versions = 0
    public var deleteMarkers = 0
    /// Versions fetched by this run; in a dry run, those that would be.
    public var versionsFetched = 0
    public var bytesFetched: Int64 = 0
    /// Objects that were not taken for states, by reason.
    public var ignored: [IgnoredReason: Int] = [:]
    /// The whole site could be listed.
    public var isComplete = true

    public init(name: String) { self.name = name }

    mutating func add(_ other: SiteReport) {
        states += other.states
        versions += other.versions
        deleteMarkers += other.deleteMarkers
        versionsFetched += other.versionsFetched
        bytesFetched += other.bytesFetched
        ignored.merge(other.ignored, uniquingKeysWith: +)
    }
}
