internal import Findings
internal import Sites
internal import Timestamps

/// Who holds a state's lock, and whether that looks like somebody at work.
struct LockExamination {
    let holders: [LockHolder]
    /// `SITE:KEY`.
    let reference: String
    /// How many halves the site's settings name.
    let configured: Int
    let site: SiteSettings
    let now: Timestamp

    /// Longer than nearly all applies take.
    private static let longRun = Duration.seconds(3600)

    var symptoms: [Symptom] { holders.map { symptom(of: $0) } + [halves].compactMap(\.self) }

    private func symptom(of holder: LockHolder) -> Symptom {
        guard let info = holder.info else {
            return Symptom(
                ruleID: "lock.unreadable", severity: .high,
                message: "a lock at \(holder.place) whose content cannot be read: neither a run nor terraform force-unlock can release it",
                remedy: "tfguard unlock \(reference) --unreadable removes it")
        }
        if holder.isOfFailover { return Failover.symptom(of: info, at: site, reference: reference) }
        if holder.isAbandoned {
            return Symptom(
                ruleID: "lock.abandoned", severity: .medium, message: "a tfguard run that has ended left its lock: \(holder)",
                remedy: "the next tfguard restore releases it; so does tfguard unlock \(reference) --id \(info.id)")
        }
        let age = (info.created ?? holder.stored).map { now - $0 } ?? .zero
        return Symptom(
            ruleID: age >= Self.longRun ? "lock.stuck" : "lock.held", severity: age >= Self.longRun ? .medium : .info,
            message: "locked for \(Age.words(age)) \(holder)", remedy: "if that run is gone for good, tfguard unlock \(reference) --id \(info.id)")
    }

    /// Terraform takes both halves or none.
    private var halves: Symptom? {
        let ids = holders.compactMap { $0.info?.id }
        if Set(ids).count == 2 {
            return Symptom(
                ruleID: "lock.two-holders", severity: .high, message: "the lock file and the table name two different locks, \(ids.joined(separator: " and ")): no run can take the lock",
                remedy: "tfguard unlock \(reference) shows both; remove the one whose run is gone with --id")
        }
        guard configured == 2, holders.count == 1, let holder = holders.first, let id = holder.info?.id else { return nil }
        return Symptom(
            ruleID: "lock.half", severity: .medium,
            message: "only one half of the lock is there, the \(holder.half == .file ? "lock file" : "item in the table"): its run is at that very moment, was killed between the two, or somebody removed the other half",
            remedy: "if that run is gone for good, tfguard unlock \(reference) --id \(id)")
    }
}
