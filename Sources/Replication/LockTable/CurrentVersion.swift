internal import S3

/// The version of a state that is current on one side.
struct CurrentVersion: Sendable {
    var key: String
    /// Nil when a delete marker is current, or nothing.
    var version: S3ObjectVersion?

    /// - Parameter versions: all of the key on one side, newest first.
    init(key: String, versions: [S3ObjectVersion]) {
        self.key = key
        version = versions.first { $0.isLatest && !$0.isDeleteMarker }
    }
}
