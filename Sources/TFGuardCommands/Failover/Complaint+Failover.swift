import Recovery
import Reports

extension Complaint {
    /// What an error of a failover means to the user.
    init(_ error: FailoverError) {
        self.init(.failure, error.subject, error.message.prefix(1).uppercased() + error.message.dropFirst() + ".", hint: error.hint)
    }

    /// Every lock on the DR side that has to be named before anything is done.
    static func locks(_ locks: [(reference: String, holder: LockHolder)], _ error: LockError) -> Complaint {
        guard !locks.isEmpty else { return Complaint(error) }
        let problems = locks.map { lock in
            let id = lock.holder.info?.id ?? ""
            return Problem(
                reference: lock.reference, message: "Locked \(lock.holder).",
                hint: "When that run is dead, and its state has been looked at: --break-lock \(id)")
        }
        return Complaint(.locked, problems: problems)
    }
}
