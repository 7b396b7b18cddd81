internal import Findings
internal import S3
internal import Sites

/// Objects under KMS keys are left out unless rule, key and role all agree.
enum EncryptionLint {
    static func findings(_ facts: ReplicationFacts) -> [Finding] {
        guard let source = facts.source, !facts.enabledRules.isEmpty else { return [] }
        let byDefault = source.encryption.value.map { $0.algorithm.hasPrefix("aws:kms") } ?? false
        let usesKMS = byDefault || source.site.encryption.kmsKeyID != nil
        var findings: [Finding] = []
        for rule in facts.enabledRules where rule.tags.isEmpty {
            let name = rule.id ?? "without id"
            if usesKMS, !rule.replicatesKMSObjects {
                findings.append(
                    Finding(
                        ruleID: "replication.kms-not-selected", severity: .high, subject: source.subject,
                        message: "states are encrypted with a KMS key, and the rule \(name) leaves such objects out",
                        remedy: "set SourceSelectionCriteria.SseKmsEncryptedObjects to Enabled, and ReplicaKmsKeyID"))
            }
            if rule.replicatesKMSObjects, rule.destination.replicaKMSKeyID == nil {
                findings.append(
                    Finding(
                        ruleID: "replication.replica-key-missing", severity: .high, subject: source.subject,
                        message: "the rule \(name) replicates KMS objects without naming a key of the DR region (ReplicaKmsKeyID)",
                        remedy: "name the DR region's key in Destination.EncryptionConfiguration"))
            }
            if rule.replicatesKMSObjects, let key = rule.destination.replicaKMSKeyID, let region = region(of: key), let place = facts.destination?.location.value, place.contains("-"), region != place {
                findings.append(
                    Finding(
                        ruleID: "replication.replica-key-region", severity: .high, subject: source.subject,
                        message: "the key of the replicas lies in \(region), the DR bucket in \(place)", remedy: "name a key of \(place) as ReplicaKmsKeyID"))
            }
        }
        // With role and key at hand KeyLint knows better.
        let isJudged = facts.role?.known != nil && !facts.sourceKeys.isEmpty && facts.sourceKeys.allSatisfy { if case .read = $0.reading { true } else { false } }
        if usesKMS, source.encryption.value?.usesBucketKey == true, !isJudged {
            findings.append(
                Finding(
                    ruleID: "replication.bucket-key-context", severity: .info, subject: source.subject,
                    message: "bucket keys are on: the encryption context is the bucket's ARN, not the object's; whether the role's kms:Decrypt condition expects that is unknown, and with the object's ARN nothing is ever replicated",
                    remedy: "in the role's policy, compare kms:EncryptionContext:aws:s3:arn with arn:aws:s3:::\(source.site.bucket)"))
        }
        return findings
    }

    /// `arn:aws:kms:REGION:…`.
    private static func region(of key: String) -> String? {
        let parts = key.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count > 4 && parts[0] == "arn" && !parts[3].isEmpty ? String(parts[3]) : nil
    }
}
