/// One thing that a failover does with a state, and the requests that it sends for it.
public struct FailoverAction: Sendable {
    public enum Kind: Sendable {
        /// Takes Terraform's own lock on the primary side, in these halves, and goes on holding it.
        case lockPrimary([LockHolder.Half])
        /// Waits until the DR side has the last version of the primary side.
        case awaitArrival
        /// Removes a lock from the DR side, by its ID.
        case removeLock(LockHolder)
        /// Nothing: somebody holds the lock on the DR side, and has to be named with `--break-lock`.
        case blockedBy(LockHolder)
        /// Writes the fence.
        case fence(onPrimary: Bool)
        /// Writes the digest that Terraform compares the state with.
        case seedDigest(from: String?, to: String)
        /// Examines the DR side once more.
        case prove
    }

    public var kind: Kind
    public var requests: [PlannedRequest]

    /// For people.
    public var title: String {
        switch kind {
        case .lockPrimary(let halves): "hold Terraform's lock on the primary side (\(halves.map(\.rawValue).joined(separator: ", ")))"
        case .awaitArrival: "wait until the last version has arrived"
        case .removeLock(let holder): "remove the lock \(holder.info?.id ?? "") of \(holder.info?.who ?? "somebody")"
        case .blockedBy(let holder): "blocked by the lock \(holder.info?.id ?? "") of \(holder.info?.who ?? "somebody")"
        case .fence(let onPrimary): "set the fence on the \(onPrimary ? "primary" : "DR") side"
        case .seedDigest(let before, _): before == nil ? "seed the digest" : "replace the digest"
        case .prove: "examine the state once more"
        }
    }
}
