internal import Findings
internal import S3
internal import Sites

/// Whether there are rules that lead from here to there, and which of them win.
enum RuleLint {
    static func findings(_ facts: ReplicationFacts) -> [Finding] {
        guard let source = facts.source else { return [] }
        switch facts.replication {
        case .notSet:
            if facts.arrivesWithoutRules { return [ownMeans(source)] }
            return [
                Finding(
                    ruleID: "replication.rule-missing", severity: .high, subject: source.subject,
                    message: "the bucket has no replication rule: nothing that Terraform writes leaves the region",
                    remedy: "add a rule to the DR bucket: aws s3api put-bucket-replication --bucket \(source.site.bucket)")
            ]
        case .set(let configuration):
            return existing(configuration, facts, source)
        case .notPermitted, .notSupported, .unknown:
            return []
        }
    }

    private static func ownMeans(_ source: BucketFacts) -> Finding {
        Finding(
            ruleID: "replication.rule-unknown", severity: .info, subject: source.subject,
            message: "the bucket has no S3 replication rule, yet versions arrive: the server replicates by other means, whose settings tfguard cannot see")
    }

    private static func existing(_ configuration: S3ReplicationConfiguration, _ facts: ReplicationFacts, _ source: BucketFacts) -> [Finding] {
        var findings: [Finding] = []
        if configuration.role.isEmpty {
            findings.append(
                Finding(
                    ruleID: "replication.role-missing", severity: .high, subject: source.subject,
                    message: "the replication configuration names no IAM role that S3 could assume", remedy: "name a role that s3.amazonaws.com may assume"))
        }
        guard let destination = facts.destination else { return findings }
        if facts.rules.isEmpty {
            let places = Set(configuration.rules.map(\.destination.bucket)).sorted().joined(separator: ", ")
            findings.append(
                Finding(
                    ruleID: "replication.destination-mismatch", severity: .high, subject: source.subject,
                    message: "no rule leads to \(destination.site.bucket); the rules lead to \(places)",
                    remedy: "add a rule whose destination is arn:aws:s3:::\(destination.site.bucket), or name the right DR site"))
        } else if facts.enabledRules.isEmpty {
            let names = facts.rules.map { $0.id ?? "without id" }.joined(separator: ", ")
            findings.append(
                Finding(
                    ruleID: "replication.rule-disabled", severity: .high, subject: source.subject,
                    message: "every rule to \(destination.site.bucket) is disabled (\(names)): nothing new is replicated",
                    remedy: "set Status to Enabled; what was written meanwhile needs S3 Batch Replication (--batch-manifest)"))
        }
        findings += priorities(facts, source)
        if !facts.enabledRules.isEmpty, facts.enabledRules.allSatisfy({ !$0.destination.hasMetrics && $0.destination.timeControlMinutes == nil }) {
            findings.append(
                Finding(
                    ruleID: "replication.metrics-off", severity: .info, subject: source.subject,
                    message: "neither replication metrics nor Replication Time Control are on: S3 itself will not tell of delays and failures",
                    remedy: "turn on Metrics, or ReplicationTime for 15 minutes with a service level; and run tfguard verify on a schedule"))
        }
        return findings
    }

    private static func priorities(_ facts: ReplicationFacts, _ source: BucketFacts) -> [Finding] {
        let rules = facts.enabledRules.filter { !$0.isFirstVersion }
        for (index, left) in rules.enumerated() {
            for right in rules[(index + 1)...] where left.priority == right.priority {
                guard left.prefix.utf8.starts(with: right.prefix.utf8) || right.prefix.utf8.starts(with: left.prefix.utf8) else { continue }
                return [
                    Finding(
                        ruleID: "replication.priority-conflict", severity: .medium, subject: source.subject,
                        message: "the rules \(left.id ?? "without id") and \(right.id ?? "without id") overlap, lead to one bucket and have the same priority: which one decides is not defined",
                        remedy: "give each rule a priority of its own")
                ]
            }
        }
        return []
    }
}
