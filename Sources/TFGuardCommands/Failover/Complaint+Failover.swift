import Recovery
import Reports

extension Complaint {
    /// What an error of a failover means to the user.
    init(_ error: FailoverError) {
        self.init(.failure, error.subject, error.message.prefix(1).uppercased() + error.message.dropFirst() + ".", hint: error.hint)
    }

    /// Every lock on the DR side that has to be named before anything is done.
    static func locks(_ locks: [(reference: String, holder: LockHolder)], _ error: LockError) -> Complaint {
        held(locks, error) { "When that run is dead, and its state has been looked at: --break-lock \($0.info?.id ?? "")" }
    }

    /// Every lock that somebody holds, with what to do about it.
    static func held(_ locks: [(reference: String, holder: LockHolder)], _ error: LockError, hint: ((LockHolder) -> String)? = nil) -> Complaint {
        guard !locks.isEmpty else { return Complaint(error) }
        let problems = locks.map { lock in
            let general = "Wait for that run. If it is gone for good: tfguard unlock \(lock.reference)" + (lock.holder.info.map { " --id \($0.id)" } ?? " --unreadable")
            return Problem(reference: lock.reference, message: "Locked \(lock.holder).", hint: hint?(lock.holder) ?? general)
        }
        return Complaint(.locked, problems: problems)
    }
}
