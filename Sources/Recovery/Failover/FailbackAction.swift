/// One thing that a failback does with a state, and the requests that it sends for it.
public struct FailbackAction: Sendable {
    public enum Kind: Sendable, Hashable {
        /// Takes Terraform's lock on the DR side, so that nobody writes there meanwhile.
        case lockDR
        /// Notes in the fence what is about to be written.
        case noteReturn
        /// Writes the DR side's newest generation on the primary side.
        case writeHome(serial: UInt64?)
        /// Releases the lock that the failover held.
        case unlockPrimary
        case unlockDR
        /// Ends the fence on both sides.
        case endFence
    }

    public var kind: Kind
    public var requests: [PlannedRequest]

    /// For people.
    public var title: String {
        switch kind {
        case .lockDR: "lock the DR side"
        case .noteReturn: "note in the fence what will be written"
        case .writeHome(let serial): "write it on the primary side" + (serial.map { " as serial \($0)" } ?? "")
        case .unlockPrimary: "release the lock of the failover"
        case .unlockDR: "unlock the DR side"
        case .endFence: "end the fence"
        }
    }
}
