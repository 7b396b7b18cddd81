public import S3

/// One key with all its versions and delete markers, newest first.
public struct KeyVersions: Sendable {
    public var key: String
    /// Never empty; in the server's order.
    public var versions: [S3ObjectVersion]

    public init(key: String, versions: [S3ObjectVersion]) {
        self.key = key
        self.versions = versions
    }

    /// The newest version that is no delete marker.
    public var newestContent: S3ObjectVersion? { versions.first { !$0.isDeleteMarker } }

    /// Size of the largest version, in bytes; nil when only delete markers are left.
    public var largestSize: Int64? { versions.lazy.filter { !$0.isDeleteMarker }.map(\.size).max() }

    /// The key as it was at a moment: what came later is left out, and the newest of the rest is the current one.
    /// - Returns: nil when nothing was there yet.
    public func asOf(_ isThere: (S3ObjectVersion) -> Bool) -> KeyVersions? {
        var rest = versions.filter(isThere)
        guard !rest.isEmpty else { return nil }
        for index in rest.indices { rest[index].isLatest = index == 0 }
        return KeyVersions(key: key, versions: rest)
    }
}
