internal import AWSEndpoints
internal import S3

/// The manifest of an S3 Batch Replication job: which versions S3 shall copy
/// (https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-create-job.html#specify-batchjob-manifest).
///
/// CSV without a header: bucket, URL-encoded key, version id. Delete markers are left out: a manifest names objects.
public struct BatchManifest: Sendable, Hashable {
    /// The text, one line a version.
    public private(set) var text = ""
    public private(set) var versions = 0
    /// Delete markers among the missing, which S3 Batch Replication is not asked for.
    public private(set) var deleteMarkers = 0

    /// Everything that is missing or failed; what is still pending is on its way, and left out when `includesPending` is false.
    public init(bucket: String, states: [StateLedger], includesPending: Bool = true) {
        for state in states {
            for line in state.missing.reversed() where includesPending || line.cause != .pending {
                guard !line.version.isDeleteMarker else {
                    deleteMarkers += 1
                    continue
                }
                text += "\(bucket),\(PercentEncoding.encodePath(state.key)),\(PercentEncoding.encode(line.version.versionID))\n"
                versions += 1
            }
        }
    }
}
