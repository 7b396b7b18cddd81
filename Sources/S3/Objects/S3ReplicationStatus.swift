/// How replication of one version stands, as its source or replica says
/// (https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-status.html). No status at all means that no rule
/// applied when the version was made.
public enum S3ReplicationStatus: Hashable, Sendable {
    case pending, completed, failed
    /// This object is itself a copy made by replication.
    case replica
    /// A word that is not known.
    case other(String)

    init(wire: String) {
        switch wire.uppercased() {
        case "PENDING": self = .pending
        case "COMPLETED", "COMPLETE": self = .completed
        case "FAILED": self = .failed
        case "REPLICA": self = .replica
        default: self = .other(wire)
        }
    }
}
