internal import Findings
internal import S3
internal import Sites
internal import StateJSON

/// Who may read states that are not theirs, and who may delete versions for good.
enum AccessLint {
    static func findings(_ facts: ReplicationFacts) -> [Finding] {
        [facts.source, facts.destination].compactMap(\.self).flatMap { bucket in publicAccess(bucket) + deletions(bucket) }
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

    private static func deletions(_ bucket: BucketFacts) -> [Finding] {
        guard let text = bucket.policy.value else { return [] }
        guard let document = try? JSONDocument(parsing: StateBytes(Array(text.utf8))), let statements = document.root["Statement"] else {
            return [
                Finding(ruleID: "replication.policy-unknown", severity: .info, subject: bucket.subject, message: "the bucket policy could not be understood: who may delete versions is unknown")
            ]
        }
        for statement in elements(statements) where statement["Effect"]?.string == "Allow" && statement["Condition"] == nil {
            guard let actions = statement["Action"], elements(actions).contains(where: { deletesVersions($0.string ?? "") }) else { continue }
            guard let principal = statement["Principal"], isEverybody(principal) else { continue }
            return [
                Finding(
                    ruleID: "replication.version-delete-allowed", severity: .high, subject: bucket.subject,
                    message: "the bucket policy lets everybody delete versions (s3:DeleteObjectVersion): neither versioning nor replication protects against that",
                    remedy: "allow s3:DeleteObjectVersion to a break-glass role only; Terraform needs s3:DeleteObject at most")
            ]
        }
        return []
    }

    /// IAM policies take one value for a list of one.
    private static func elements(_ value: JSONValue) -> [JSONValue] { value.isArray ? Array(value.elements) : [value] }

    private static func deletesVersions(_ action: String) -> Bool {
        let pattern = action.lowercased()
        if pattern == "*" || pattern == "s3:deleteobjectversion" { return true }
        guard pattern.hasSuffix("*") else { return false }
        return "s3:deleteobjectversion".hasPrefix(pattern.dropLast())
    }

    private static func isEverybody(_ principal: JSONValue) -> Bool {
        if principal.string == "*" { return true }
        guard principal.isObject, let accounts = principal["AWS"] else { return false }
        return elements(accounts).contains { $0.string == "*" }
    }
}
