internal import AWSEndpoints
internal import AccessControl
internal import Findings
internal import S3
internal import Sites

/// Who may read states that are not theirs, and who may delete versions for good.
enum AccessLint {
    static func findings(_ facts: ReplicationFacts) -> [Finding] {
        [facts.source, facts.destination].compactMap(\.self).flatMap { bucket in publicAccess(bucket) + deletions(bucket, facts) }
    }

    private static func publicAccess(_ bucket: BucketFacts) -> [Finding] {
        if bucket.policyIsPublic.value == true {
            return [
                Finding(
                    ruleID: "replication.public-policy", severity: .critical, subject: bucket.subject,
                    message: "the bucket policy is public: anybody may reach the states and the secrets in them", remedy: "remove the public statement, and turn on all four public access blocks")
            ]
        }
        guard let block = bucket.publicAccessBlock.value, !block.isComplete else { return [] }
        return [
            Finding(
                ruleID: "replication.public-access-block", severity: .medium, subject: bucket.subject,
                message: "not all four public access blocks are on", remedy: "aws s3api put-public-access-block --bucket \(bucket.site.bucket), all four true")
        ]
    }

    private static func deletions(_ bucket: BucketFacts, _ facts: ReplicationFacts) -> [Finding] {
        guard let text = bucket.policy.value else { return [] }
        guard let document = PolicyDocument(json: text) else {
            return [
                Finding(ruleID: "replication.policy-unknown", severity: .info, subject: bucket.subject, message: "the bucket policy could not be understood: who may delete versions is unknown")
            ]
        }
        let partition = AWSPartition.containing(region: bucket.location.value ?? "").name
        let key = facts.stateKeys.first ?? "\(bucket.site.prefix ?? "")terraform.tfstate"
        let deletion = PolicyRequest("s3:DeleteObjectVersion", on: "arn:\(partition):s3:::\(bucket.site.bucket)/\(key)", by: .everybody)
        guard [document].verdict(on: deletion) == .allowed else { return [] }
        return [
            Finding(
                ruleID: "replication.version-delete-allowed", severity: .high, subject: bucket.subject,
                message: "the bucket policy lets everybody delete versions (s3:DeleteObjectVersion): neither versioning nor replication protects against that",
                remedy: "allow s3:DeleteObjectVersion to a break-glass role only; Terraform needs s3:DeleteObject at most")
        ]
    }
}
