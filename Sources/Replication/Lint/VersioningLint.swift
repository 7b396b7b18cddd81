internal import Findings
internal import S3
internal import Sites

/// Replication needs versioning on both sides.
enum VersioningLint {
    static func findings(_ facts: ReplicationFacts) -> [Finding] {
        var findings: [Finding] = []
        if let source = facts.source { findings += judge(source, "replication.source-versioning", "S3 replicates nothing from it, and a bad write cannot be undone") }
        if let destination = facts.destination {
            findings += judge(destination, "replication.destination-versioning", "S3 fails every replication to it (DstBucketUnversioned), and does not try again")
        }
        return findings
    }

    private static func judge(_ bucket: BucketFacts, _ rule: RuleID, _ effect: String) -> [Finding] {
        guard bucket.versioning.isKnown, bucket.versioning.value?.status != .enabled else {
            guard let versioning = bucket.versioning.value, !versioning.needsMFAToDelete else { return [] }
            return [
                Finding(
                    ruleID: "replication.mfa-delete", severity: .info, subject: bucket.subject,
                    message: "deleting a version needs no second factor (MFA delete is off)",
                    remedy: "consider MFA delete or Object Lock for the bucket of states")
            ]
        }
        let state = bucket.versioning.value?.status == .suspended ? "suspended" : "off"
        return [
            Finding(
                ruleID: rule, severity: .critical, subject: bucket.subject, message: "versioning is \(state): \(effect)",
                remedy: "aws s3api put-bucket-versioning --versioning-configuration Status=Enabled --bucket \(bucket.site.bucket)")
        ]
    }
}
