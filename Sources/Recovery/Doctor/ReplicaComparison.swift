internal import Findings
internal import Snapshots
internal import TerraformState
internal import Timestamps

/// A state and its copy in another region: whether the copy is in step.
struct ReplicaComparison {
    /// The state on one of the two sides.
    struct Side {
        /// `SITE:KEY`.
        var reference: String
        /// Newest first; empty when there is no such state.
        var entries: [VersionEntry]
        /// The current version; nil when there is none, or when it could not be read.
        var content: ExaminedContent?
    }

    let origin: Side
    let copy: Side
    let recoveryPoint: Duration?
    let now: Timestamp

    /// Replication mostly takes seconds; S3 promises nothing better without Replication Time Control.
    private static let usualLag = Duration.seconds(15 * 60)

    var symptoms: [Symptom] {
        guard let newest = origin.entries.first, !newest.isDeleteMarker else { return survivor.map { [$0] } ?? [] }
        guard let have = copy.entries.first else {
            return [lag("replica.missing", "\(copy.reference) does not exist: \(origin.reference) was never replicated", since: newest.lastModified)]
        }
        if have.isDeleteMarker {
            return [symptom("replica.deleted", .high, "\(copy.reference) is deleted while \(origin.reference) is there: after a failover Terraform would take it for an empty state")]
        }
        guard let now = origin.content, let then = copy.content else {
            guard newest.etag != have.etag || newest.size != have.size else { return [] }
            return [symptom("replica.differs", .medium, "\(copy.reference) has other bytes than \(origin.reference), and one of them could not be read")]
        }
        return now.sha256 == then.sha256 ? [] : [difference(now, then, newest)]
    }

    private func difference(_ now: ExaminedContent, _ then: ExaminedContent, _ newest: VersionEntry) -> Symptom {
        guard let here = now.generation else {
            let serial = then.generation.map { "serial \($0.serial)" } ?? "something else that is no state either"
            return symptom(
                "replica.differs", .medium, "\(origin.reference) cannot be read, and \(copy.reference) has \(serial)",
                remedy: then.generation == nil ? nil : "tfguard restore \(copy.reference) --to last-good --to-site \(site(of: origin)) takes the copy")
        }
        guard let there = then.generation else {
            return symptom("replica.unreadable", .high, "\(copy.reference) is no readable state: \(then.reading.form.description)")
        }
        if here.lineage != there.lineage {
            return symptom("replica.other-lineage", .high, "\(copy.reference) has lineage \(there.lineage), \(origin.reference) has \(here.lineage): the copy is another state")
        }
        if there.serial > here.serial {
            return symptom(
                "replica.ahead", .high,
                "\(copy.reference) is at serial \(there.serial), \(origin.reference) at \(here.serial): somebody wrote to the copy, or the original was rolled back without it")
        }
        if there.serial == here.serial {
            return symptom("replica.diverged", .critical, "\(copy.reference) and \(origin.reference) have serial \(here.serial) with different content: both were written")
        }
        let missing = origin.entries.prefix { $0.serial.map { $0 > there.serial } ?? true }.last ?? newest
        return lag(
            "replica.behind", "\(copy.reference) is at serial \(there.serial), \(here.serial - there.serial) behind \(origin.reference) (serial \(here.serial)): after a failover a plan would not know what was made since",
            since: missing.lastModified)
    }

    /// The original is gone, the copy is not.
    private var survivor: Symptom? {
        guard let have = copy.entries.first, !have.isDeleteMarker, let generation = copy.content?.generation else { return nil }
        return symptom(
            "replica.survives", .info, "\(copy.reference) still has serial \(generation.serial)",
            remedy: "if no version here is good, tfguard restore \(copy.reference) --to last-good --to-site \(site(of: origin)) takes the copy")
    }

    /// What replication may still catch up with, as long as it is young.
    private func lag(_ rule: RuleID, _ message: String, since: Timestamp) -> Symptom {
        let age = now - since
        let isLate = age > recoveryPoint ?? Self.usualLag
        return symptom(rule, isLate ? .high : .info, "\(message); for \(Age.words(age))", remedy: isLate ? "tfguard verify shows what replication says of each version" : nil)
    }

    private func symptom(_ rule: RuleID, _ severity: Severity, _ message: String) -> Symptom {
        symptom(rule, severity, message, remedy: "tfguard diff \(copy.reference) \(origin.reference) shows what differs")
    }

    private func symptom(_ rule: RuleID, _ severity: Severity, _ message: String, remedy: String?) -> Symptom {
        Symptom(ruleID: rule, severity: severity, message: message, remedy: remedy)
    }

    private func site(of side: Side) -> String {
        side.reference.split(separator: ":").first.map(String.init) ?? side.reference
    }
}
