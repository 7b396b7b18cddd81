internal import Findings
internal import S3
internal import Sites

/// Terraform's locks on the DR side: lock objects that were copied, and the table that was not.
enum LockLint {
    static func findings(_ facts: ReplicationFacts) -> [Finding] {
        guard let source = facts.source else { return [] }
        var findings: [Finding] = []
        let key = facts.stateKeys.first.map { "\($0).tflock" } ?? "\(source.site.prefix ?? "")terraform.tfstate.tflock"
        let coverage = facts.coverage(of: key)
        if coverage.isCovered, !coverage.replicatesDeleteMarkers {
            findings.append(
                Finding(
                    ruleID: "replication.lock-files", severity: facts.usesLockFiles ? .medium : .info, subject: source.subject,
                    message: "the rules copy \(key) and not the delete marker that releases it: on the DR side every state stays locked, and Terraform is refused there with 412",
                    remedy: "replicate delete markers, or plan to remove the copied lock objects at failover (tfguard failover does)"))
        }
        if coverage.isKnown, coverage.isCovered, !coverage.replicatesDeleteMarkers {
            findings.append(
                Finding(
                    ruleID: "replication.delete-markers", severity: .info, subject: source.subject,
                    message: "delete markers are not replicated: a state that is deleted here stays current on the DR side",
                    remedy: "set DeleteMarkerReplication to Enabled, unless this is meant as a protection"))
        }
        findings += table(source, facts)
        return findings
    }

    private static func table(_ source: BucketFacts, _ facts: ReplicationFacts) -> [Finding] {
        guard let table = source.site.lock.dynamodbTable, let destination = facts.destination else { return [] }
        guard let theirs = destination.site.lock.dynamodbTable else {
            return [
                Finding(
                    ruleID: "replication.lock-table", severity: .medium, subject: destination.subject,
                    message: "the primary side locks with the DynamoDB table \(table), and no table is configured for the DR side: Terraform will find neither lock nor digest there",
                    remedy: "name the DR region's table in lock.dynamodb_table, and let tfguard failover seed its digests")
            ]
        }
        return [
            Finding(
                ruleID: "replication.lock-table-digests", severity: .info, subject: destination.subject,
                message: "whether the table \(theirs) holds digests for the keys of \(destination.site.bucket) was not read: digest items carry the bucket's name and are not replicated into place",
                remedy: "tfguard failover writes them")
        ]
    }
}
