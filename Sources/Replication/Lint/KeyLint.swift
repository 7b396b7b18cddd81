internal import AccessControl
internal import Findings
internal import S3
internal import Sites

/// Whether the KMS keys can be used, and whether the role may use them.
enum KeyLint {
    static func findings(_ facts: ReplicationFacts) -> [Finding] {
        guard let source = facts.source, let destination = facts.destination else { return [] }
        return facts.sourceKeys.flatMap { judge($0, facts, source, "kms:Decrypt", "states cannot be read for replication (SrcKmsKeyInvalidState)") }
            + facts.replicaKeys.flatMap { judge($0, facts, destination, "kms:Encrypt", "replicas cannot be written (DstKmsKeyInvalidState), and those that are there cannot be read") }
    }

    private static func judge(_ facts: KeyFacts, _ all: ReplicationFacts, _ bucket: BucketFacts, _ action: String, _ effect: String) -> [Finding] {
        switch facts.reading {
        case .unknown(let reason): return [unknown(bucket, facts.reference, reason)]
        case .absent:
            return [
                Finding(
                    ruleID: "replication.key-absent", severity: .high, subject: bucket.subject, message: "there is no KMS key \(facts.reference): \(effect)",
                    remedy: "name a key that exists, here and in the replication rules")
            ]
        case .read(let key, let policy):
            var findings: [Finding] = []
            if !key.isEnabled {
                findings.append(
                    Finding(
                        ruleID: "replication.key-disabled", severity: .critical, subject: bucket.subject, message: "the KMS key \(key.arn) is in the state \(key.state): \(effect)",
                        remedy: key.state == "PendingDeletion" ? "cancel its deletion now: aws kms cancel-key-deletion, then enable-key; states under a deleted key are lost" : "aws kms enable-key --key-id \(key.arn)"))
            }
            return findings + access(key, policy, all, bucket, action)
        }
    }

    private static func access(_ key: KMSKey, _ policy: KeyFacts.KeyPolicy, _ facts: ReplicationFacts, _ bucket: BucketFacts, _ action: String) -> [Finding] {
        guard let known = facts.role?.known, let requests = ReplicationRequests(facts, role: known.role.arn) else { return [] }
        let documents = known.policies.compactMap(\.document)
        guard case .known(let document) = policy, documents.count == known.policies.count else {
            let reason = if case .unknown(let reason) = policy { reason } else { "not all policies of the role could be understood" }
            return [unknown(bucket, key.arn, reason)]
        }
        let access = KeyAccess(key: key, policy: document, role: known.role.arn, rolePolicies: documents)
        let usesBucketKey = bucket.encryption.value?.usesBucketKey == true
        switch access.verdict(on: requests.key(action, key, bucket, usesBucketKey: usesBucketKey)) {
        case .allowed: return []
        case .conditional(let keys): return [unknown(bucket, key.arn, "whether the role may \(action) depends on \(keys.sorted().joined(separator: ", "))")]
        case .notAllowed, .denied: break
        }
        if access.verdict(on: requests.key(action, key, bucket, usesBucketKey: !usesBucketKey)) == .allowed {
            let (expected, sent) = usesBucketKey ? ("the object's ARN", "the bucket's, since a bucket key is on") : ("the bucket's ARN", "the object's, since no bucket key is on")
            return [
                Finding(
                    ruleID: "replication.encryption-context", severity: .high, subject: bucket.subject,
                    message: "the role may \(action) only with \(expected) as encryption context, and S3 sends \(sent): nothing under \(key.arn) is replicated",
                    remedy: "let the condition on kms:EncryptionContext:aws:s3:arn name both arn:aws:s3:::\(bucket.site.bucket) and arn:aws:s3:::\(bucket.site.bucket)/*")
            ]
        }
        return [
            Finding(
                ruleID: "replication.key-permission", severity: .high, subject: bucket.subject,
                message: "the role \(known.role.arn) may not \(action) with \(key.arn): \(access.isDelegated(action) ? "no policy of the role allows it" : "the key's policy lets neither the role nor its account")",
                remedy: "allow \(action) on the key in a policy of the role, and let the key's policy name the role or its account")
        ]
    }

    private static func unknown(_ bucket: BucketFacts, _ key: String, _ reason: String) -> Finding {
        Finding(
            ruleID: "replication.key-unknown", severity: .info, subject: bucket.subject,
            message: "whether the KMS key \(key) can be used for replication is not known for certain: \(reason)", remedy: "allow kms:DescribeKey and kms:GetKeyPolicy on it, or check it by hand")
    }
}
