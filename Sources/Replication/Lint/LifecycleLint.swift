internal import Findings
internal import S3
internal import Timestamps

/// Lifecycle rules that take states away: before the vault has them, or sooner on the DR side than on the primary one.
enum LifecycleLint {
    static func findings(_ facts: ReplicationFacts) -> [Finding] {
        var findings: [Finding] = []
        if let source = facts.source {
            findings += current(source, facts)
            if let days = noncurrentDays(source, facts) { findings += tooEarly(source, days, facts) }
        }
        if let destination = facts.destination {
            findings += current(destination, facts)
            if let days = noncurrentDays(destination, facts) { findings += sooner(destination, days, facts) }
        }
        return findings
    }

    private static func applies(_ rule: S3LifecycleRule, _ facts: ReplicationFacts) -> Bool {
        rule.isEnabled && (facts.stateKeys.isEmpty ? rule.prefix.isEmpty : facts.stateKeys.contains { $0.utf8.starts(with: rule.prefix.utf8) })
    }

    private static func current(_ bucket: BucketFacts, _ facts: ReplicationFacts) -> [Finding] {
        guard let rule = bucket.lifecycle.value?.first(where: { applies($0, facts) && $0.expirationDays != nil && !$0.hasOtherFilters }), let days = rule.expirationDays else { return [] }
        return [
            Finding(
                ruleID: "replication.lifecycle-current", severity: .high, subject: bucket.subject,
                message: "the lifecycle rule \(rule.id ?? "without id") deletes current states that were not written for \(days) days",
                remedy: "take the states' prefix out of the rule's Expiration")
        ]
    }

    /// The shortest life of a noncurrent version.
    private static func noncurrentDays(_ bucket: BucketFacts, _ facts: ReplicationFacts) -> Int? {
        bucket.lifecycle.value?.filter { applies($0, facts) && !$0.hasOtherFilters }.compactMap(\.noncurrentExpirationDays).min()
    }

    private static func tooEarly(_ source: BucketFacts, _ days: Int, _ facts: ReplicationFacts) -> [Finding] {
        guard let last = facts.lastSnapshot else {
            guard days < 30 else { return [] }
            return [
                Finding(
                    ruleID: "replication.lifecycle-source", severity: .medium, subject: source.subject,
                    message: "versions are deleted \(days) days after they were overwritten, and no vault keeps them", remedy: "run tfguard snapshot on a schedule, or keep versions longer")
            ]
        }
        let age = Int((facts.now - last).components.seconds / 86_400)
        guard age >= days else { return [] }
        return [
            Finding(
                ruleID: "replication.lifecycle-source", severity: .high, subject: source.subject,
                message: "versions are deleted \(days) days after they were overwritten, and the vault's last snapshot is \(age) days old: versions may be gone that nobody has",
                remedy: "run tfguard snapshot now, and on a schedule shorter than \(days) days")
        ]
    }

    /// Lifecycle counts the age of a replica from the creation of its source.
    private static func sooner(_ destination: BucketFacts, _ days: Int, _ facts: ReplicationFacts) -> [Finding] {
        guard facts.source?.lifecycle.isKnown == true else { return [] }
        let ours = facts.source.flatMap { noncurrentDays($0, facts) }
        guard ours.map({ days < $0 }) ?? true else { return [] }
        return [
            Finding(
                ruleID: "replication.lifecycle-destination", severity: .medium, subject: destination.subject,
                message: "the DR side deletes overwritten versions after \(days) days, the primary side \(ours.map { "after \($0) days" } ?? "never"); a replica's age counts from the creation of its source, so that late copies vanish at once",
                remedy: "keep noncurrent versions at least as long on the DR side")
        ]
    }
}
