internal import Findings
internal import S3
internal import Sites

/// Terraform's lock objects on the DR side: what is copied, and what releases it.
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
        return findings
    }
}
