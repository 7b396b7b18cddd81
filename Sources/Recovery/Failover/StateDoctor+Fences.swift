internal import Findings
internal import Sites

extension StateDoctor {
    /// Adds what a failover means for the state.
    func lookAtFences(of key: String, _ examination: inout StateExamination) async throws {
        guard let sight = try await fences?.look(at: key, of: site.name) else { return }
        // Two sides that part are what a failover is: what matters of it the fence tells.
        if !sight.symptoms.isEmpty { examination.symptoms.removeAll { $0.ruleID.description.hasPrefix("replica.") } }
        examination.add(sight.symptoms)
        examination.notes += sight.notes
        if examination.verdict == .ok, sight.symptoms.contains(where: { $0.severity >= .high }) { examination.verdict = .suspect }
    }
}

extension Failover {
    /// A failover holds its lock until the failback; replication's copy of it on the DR side stops Terraform there.
    static func symptom(of info: LockInfo, at site: SiteSettings, reference: String) -> Symptom {
        if info.info != lockText(dr: site) {
            return Symptom(ruleID: "lock.failover", severity: .info, message: "held for a failover: \(info.info)", remedy: "tfguard failback is the way home")
        }
        return Symptom(
            ruleID: "lock.failover-replica", severity: .high,
            message: "replication brought the lock that a failover holds on the other side: Terraform is refused here",
            remedy: "tfguard unlock \(reference) --id \(info.id) removes the copy; so does the same tfguard failover again")
    }
}

extension LockHolder {
    /// Whether a failover holds it, on whichever side.
    var isOfFailover: Bool {
        info?.operation == Failover.lockOperation && info.flatMap { ProcessIdentity($0.info) } == nil
    }
}
