internal import Replication
internal import Sites

/// The way home from a failover: the DR side's newest generation comes back to the primary side by the way of every restore,
/// then fence and lock are lifted.
///
/// The fence on the DR side is ended last but one, that on the primary side last: as long as one stands, the same command
/// goes on from there.
public struct Failback: Sendable {
    let context: FailoverContext

    public init(_ context: FailoverContext) {
        self.context = context
    }

    static let lockOperation = "\(LockInfo.ownOperationPrefix)failback"

    /// Both sites; the way home needs both.
    func sites() throws -> (primary: Site, dr: Site) {
        guard let primary = context.primary.side.site else {
            throw FailoverError.primaryUnreachable(site: context.primary.name, reason: context.primary.side.obstacle?.message ?? "no connection")
        }
        guard let dr = context.dr.side.site else { throw FailoverError.drUnreachable(site: context.dr.name, reason: context.dr.side.obstacle?.message ?? "no connection") }
        return (primary, dr)
    }
}
