internal import AWSEndpoints
internal import S3

/// The manifest of an S3 Batch Replication job: which versions S3 shall copy.
///
/// CSV without a header: bucket, URL-encoded key, version id
/// (https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-create-job.html#specify-batchjob-manifest). Delete
/// markers are versions with an id of their own, and such a job replicates them too, where the rules do; it may do so before
/// the versions below them. It does not bring back what was deleted on the DR side by its version id
/// (https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-batch-replication-batch.html): such versions are left out.
public struct BatchManifest: Sendable, Hashable {
    /// The text, one line a version, oldest first for each state.
    public private(set) var text = ""
    /// Lines, delete markers included.
    public private(set) var versions = 0
    public private(set) var deleteMarkers = 0
    /// Delete markers that the rules keep away, and so the job would.
    public private(set) var deleteMarkersLeftOut = 0
    /// Versions that were deleted on the DR side, which the job would refuse.
    public private(set) var deletedThereLeftOut = 0

    /// Everything that is missing or failed; what is still pending is on its way, and left out when `includesPending` is false.
    public init(bucket: String, states: [StateLedger], includesPending: Bool = true) {
        for state in states {
            for line in state.missing.reversed() where includesPending || line.cause != .pending {
                switch line.cause {
                case .deleteMarkerByRule: deleteMarkersLeftOut += 1
                case .completedButAbsent: deletedThereLeftOut += 1
                default:
                    text += "\(bucket),\(PercentEncoding.encodePath(state.key)),\(PercentEncoding.encode(line.version.versionID))\n"
                    versions += 1
                    if line.version.isDeleteMarker { deleteMarkers += 1 }
                }
            }
        }
    }
}
