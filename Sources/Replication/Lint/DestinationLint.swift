internal import Findings
internal import S3
internal import Sites

/// Whose bucket it is, where it lies, and whether it can take what comes.
enum DestinationLint {
    static func findings(_ facts: ReplicationFacts) -> [Finding] {
        guard let source = facts.source, let destination = facts.destination else { return [] }
        var findings: [Finding] = []
        for rule in facts.enabledRules {
            let name = rule.id ?? "without id"
            if let account = rule.destination.account, let owner = destination.site.access.expectedBucketOwner, account != owner {
                findings.append(
                    Finding(
                        ruleID: "replication.destination-account", severity: .high, subject: source.subject,
                        message: "the rule \(name) expects the DR bucket in account \(account), the configuration in \(owner)",
                        remedy: "correct Destination.Account, or expected_bucket_owner of the site"))
            }
            if rule.destination.account != nil, !rule.destination.changesOwner {
                findings.append(
                    Finding(
                        ruleID: "replication.destination-owner", severity: .medium, subject: source.subject,
                        message: "the rule \(name) copies into another account and leaves the copies to the source's account: on the worst day the DR account may not read them",
                        remedy: "set AccessControlTranslation.Owner to Destination, or disable ACLs on the DR bucket"))
            }
            if let storage = rule.destination.storageClass, ["GLACIER", "DEEP_ARCHIVE"].contains(storage) {
                findings.append(
                    Finding(
                        ruleID: "replication.destination-archived", severity: .high, subject: source.subject,
                        message: "the rule \(name) stores the copies in \(storage): reading one back takes hours", remedy: "use STANDARD for states"))
            }
        }
        if let here = source.location.value, let there = destination.location.value, here == there, here.contains("-"), source.site.access.endpoints.s3 == destination.site.access.endpoints.s3 {
            findings.append(
                Finding(
                    ruleID: "replication.same-region", severity: isFakeRegion(facts) ? .info : .medium, subject: destination.subject,
                    message: "both buckets lie in \(here): they will be gone together", remedy: "keep the DR bucket in another region"))
        }
        if case .set = source.objectLock, case .notSet = destination.objectLock {
            findings.append(
                Finding(
                    ruleID: "replication.object-lock", severity: .high, subject: destination.subject,
                    message: "the primary bucket has Object Lock and the DR bucket has not: S3 fails the replication (DstBucketObjectLockConfigMissing)",
                    remedy: "turn Object Lock on for the DR bucket"))
        }
        return findings
    }

    /// Servers other than AWS call every place by one name.
    private static func isFakeRegion(_ facts: ReplicationFacts) -> Bool { facts.source?.site.access.endpoints.s3 != nil }
}
