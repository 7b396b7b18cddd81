internal import AWSEndpoints
internal import AccessControl
internal import S3
internal import Sites

/// What S3 does in the role's name when it replicates states, as requests that policies can be asked about.
/// (https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html)
struct ReplicationRequests {
    let facts: ReplicationFacts
    let source: BucketFacts
    let destination: BucketFacts
    /// `aws`, `aws-cn`, …: that of the role.
    let partition: String
    let account: String

    /// Keys that the role is asked about: some of those that rules cover.
    static let keyLimit = 50

    init?(_ facts: ReplicationFacts, role: String) {
        guard let source = facts.source, let destination = facts.destination, let name = AmazonResourceName(role) else { return nil }
        (self.facts, self.source, self.destination) = (facts, source, destination)
        (partition, account) = (name.partition, name.account)
    }

    /// Without these, versions do not arrive.
    var essential: [PolicyRequest] {
        let rules = facts.enabledRules
        var requests = ["s3:GetReplicationConfiguration", "s3:ListBucket"].map { PolicyRequest($0, on: arn(source)) }
        requests += objects(source, ["s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl"])
        var writes = ["s3:ReplicateObject"]
        if rules.contains(where: { $0.replicatesDeleteMarkers == true }) { writes.append("s3:ReplicateDelete") }
        if rules.contains(where: \.destination.changesOwner) { writes.append("s3:ObjectOwnerOverrideToBucketOwner") }
        return requests + objects(destination, writes)
    }

    /// Without these, versions arrive and their tags do not. Terraform writes states without tags.
    var tagging: [PolicyRequest] { objects(source, ["s3:GetObjectVersionTagging"]) + objects(destination, ["s3:ReplicateTags"]) }

    /// What a role needs beside that to run S3 Batch Replication jobs.
    /// (https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-batch-replication-policies.html)
    var batch: [PolicyRequest] { objects(source, ["s3:InitiateReplication"]) }

    /// Decryption of a state on the primary side, or encryption on the DR side.
    /// - Parameter usesBucketKey: with a bucket key, KMS is told the bucket instead of the object.
    ///   (https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html)
    func key(_ action: String, _ key: KMSKey, _ bucket: BucketFacts, usesBucketKey: Bool) -> PolicyRequest {
        let region = AmazonResourceName(key.arn)?.region ?? ""
        return PolicyRequest(
            action, on: key.arn,
            context: [
                "kms:viaservice": "s3.\(region).\(AWSPartition.containing(region: region).dnsSuffix)", "kms:calleraccount": account,
                "kms:encryptioncontext:aws:s3:arn": usesBucketKey ? arn(bucket) : "\(arn(bucket))/\(sampleKeys[0])",
            ])
    }

    private func objects(_ bucket: BucketFacts, _ actions: [String]) -> [PolicyRequest] {
        actions.flatMap { action in sampleKeys.map { PolicyRequest(action, on: "\(arn(bucket))/\($0)") } }
    }

    private func arn(_ bucket: BucketFacts) -> String { "arn:\(partition):s3:::\(bucket.site.bucket)" }

    /// Never empty.
    private var sampleKeys: [String] {
        let covered = facts.stateKeys.lazy.filter { facts.coverage(of: $0).isCovered }.prefix(Self.keyLimit)
        return covered.isEmpty ? ["\(source.site.prefix ?? "")terraform.tfstate"] : Array(covered)
    }
}
