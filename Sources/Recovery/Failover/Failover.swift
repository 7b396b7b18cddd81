internal import Replication
internal import S3
internal import Sites

/// Makes the DR side usable as Terraform's backend: plan, do, prove.
///
/// Terraform needs three things there: the state, no lock of a run that died with the primary region, and a digest that
/// belongs to it, since both lock and digest are named after the bucket. And it must not be possible that both sides are
/// written: that is what the fence, and a lock that only a failback releases, are for.
public struct Failover: Sendable {
    let context: FailoverContext

    public init(_ context: FailoverContext) {
        self.context = context
    }

    /// The operation of the lock that a failover holds on the primary side.
    static let lockOperation = "\(LockInfo.ownOperationPrefix)failover"

    /// The text of that lock, by which a later run knows it; Terraform shows it to whoever is refused.
    static func lockText(dr: SiteSettings) -> String {
        "failed over to s3://\(dr.bucket)\(dr.access.endpoints.s3.map { " at \($0)" } ?? ""): work there; only tfguard failback releases this lock"
    }
}

extension FailoverContext {
    /// Both locks of a state on one side, wherever they may be.
    func lock(_ key: String, at side: Side, looksEverywhere: Bool = true) -> StateLock? {
        side.side.site.map { StateLock(of: key, at: $0, dynamoDB: side.dynamoDB, looksEverywhere: looksEverywhere) }
    }

    /// Whether a lock is the one that a failover to the DR side holds, or replication's copy of it.
    func isFailoverLock(_ holder: LockHolder) -> Bool {
        holder.info?.operation == Failover.lockOperation && holder.info?.info == Failover.lockText(dr: dr.side.settings)
    }
}
