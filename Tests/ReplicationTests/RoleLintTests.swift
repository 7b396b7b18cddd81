import AccessControl
import Findings
import Testing

@testable import Replication
@testable import S3

/// The rules about role and keys; ``LintTests`` runs the cases.
@Suite struct RoleLintTests {
    static let role = "arn:aws:iam::111122223333:role/replication"
    static let sourceKey = "arn:aws:kms:us-east-1:111122223333:key/source"
    static let replicaKey = "arn:aws:kms:us-west-2:111122223333:key/replica"

    static func policy(_ statements: String) -> PolicyDocument? { PolicyDocument(json: #"{"Version": "2012-10-17", "Statement": [\#(statements)]}"#) }

    static let reads = #"{"Effect": "Allow", "Action": ["s3:GetReplicationConfiguration", "s3:ListBucket"], "Resource": "arn:aws:s3:::states"}, {"Effect": "Allow", "Action": "s3:GetObjectVersion*", "Resource": "arn:aws:s3:::states/*"}"#
    static let writes = #"{"Effect": "Allow", "Action": ["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags"], "Resource": "arn:aws:s3:::states-dr/*"}"#
    static let keys = """
        {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "\(sourceKey)", "Condition": {"StringLike": {"kms:ViaService": "s3.us-east-1.amazonaws.com", "kms:EncryptionContext:aws:s3:arn": "arn:aws:s3:::states/*"}}},
        {"Effect": "Allow", "Action": "kms:Encrypt", "Resource": "\(replicaKey)"}
        """
    static let trusting = #"{"Effect": "Allow", "Principal": {"Service": ["s3.amazonaws.com", "batchoperations.s3.amazonaws.com"]}, "Action": "sts:AssumeRole"}"#
    static let delegating = #"{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "kms:*", "Resource": "*"}"#

    /// A role that may do everything, and nothing more.
    static func sound(_ facts: inout ReplicationFacts) {
        facts.role = RoleFacts(arn: role, reading: .read(IAMRole(arn: role, trust: policy(trusting)), [IAMPolicy(name: "inline", document: policy("\(reads), \(writes), \(keys)"))]))
    }

    /// The same, and states under KMS keys.
    static func encrypted(_ facts: inout ReplicationFacts) {
        sound(&facts)
        facts.source?.encryption = .set(S3BucketEncryption(algorithm: "aws:kms", kmsKeyID: sourceKey, usesBucketKey: false))
        facts.replication = LintTests.rules(LintTests.rule { $0.replicatesKMSObjects = true; $0.destination.replicaKMSKeyID = replicaKey })
        facts.sourceKeys = [key(sourceKey)]
        facts.replicaKeys = [key(replicaKey)]
    }

    static func key(_ arn: String, state: String = "Enabled", policy statements: String = delegating) -> KeyFacts {
        let known = policy(statements).map { KeyFacts.KeyPolicy.known($0) } ?? .unknown("unreadable")
        return KeyFacts(reference: arn, reading: .read(KMSKey(arn: arn, state: state), known))
    }

    static func with(trust: String = trusting, _ statements: String..., boundary: String? = nil) -> @Sendable (inout ReplicationFacts) -> Void {
        { facts in
            encrypted(&facts)
            facts.role = RoleFacts(
                arn: role, reading: .read(IAMRole(arn: role, trust: policy(trust), boundaryARN: boundary), [IAMPolicy(name: "inline", document: policy(statements.joined(separator: ", ")))]))
        }
    }

    static let cases: [LintTests.Case] = [
        .init("role-absent", .high, fails: { $0.role = RoleFacts(arn: role, reading: .absent) }, passes: sound),
        .init("role-not-assumable", .high, fails: with(trust: trusting.replacing("\"s3.amazonaws.com\", ", with: ""), reads, writes, keys), passes: sound),
        .init("role-batch", .info, fails: with(trust: trusting.replacing(", \"batchoperations.s3.amazonaws.com\"", with: ""), reads, writes, keys), passes: sound),
        .init("role-permission", .high, fails: with(reads, writes.replacing("states-dr/", with: "elsewhere/"), keys), passes: sound),
        .init("role-tags", .info, fails: with(reads.replacing("GetObjectVersion*", with: "GetObjectVersion[FA]*"), writes, keys), passes: sound),
        .init("role-unknown", .info, fails: { $0.role = RoleFacts(arn: role, reading: .unknown("iam:GetRole: AccessDenied")) }, passes: sound),
        .init("key-absent", .high, fails: { encrypted(&$0); $0.replicaKeys = [KeyFacts(reference: replicaKey, reading: .absent)] }, passes: encrypted),
        .init("key-disabled", .critical, fails: { encrypted(&$0); $0.sourceKeys = [key(sourceKey, state: "Disabled")] }, passes: encrypted),
        .init("key-permission", .high, fails: with(reads, writes, keys.replacing("kms:Encrypt", with: "kms:GenerateDataKey")), passes: encrypted),
        .init(
            "encryption-context", .high,
            fails: { encrypted(&$0); $0.source?.encryption = .set(S3BucketEncryption(algorithm: "aws:kms", kmsKeyID: sourceKey, usesBucketKey: true)) }, passes: encrypted),
        .init("key-unknown", .info, fails: { encrypted(&$0); $0.replicaKeys = [KeyFacts(reference: replicaKey, reading: .unknown("kms:DescribeKey: AccessDeniedException"))] }, passes: encrypted),
    ]

    static func findings(_ change: @Sendable (inout ReplicationFacts) -> Void) -> [Finding] { ConfigurationLint.findings(LintTests.facts(change)) }

    @Test func aSoundRoleWithSoundKeysHasNoFinding() {
        #expect(Self.findings(Self.encrypted).isEmpty, "\(Self.findings(Self.encrypted))")
    }

    @Test(arguments: ["s3:GetReplicationConfiguration", "s3:ListBucket", "s3:ReplicateObject", "s3:ReplicateDelete"])
    func everyEssentialActionIsAskedFor(action: String) {
        let statements = "\(Self.reads), \(Self.writes), \(Self.keys)".replacing("\"\(action)\"", with: "\"s3:None\"")
        let finding = Self.findings(Self.with(statements)).first { $0.ruleID == "replication.role-permission" }
        #expect(finding?.message.contains(action) == true)
    }

    @Test func aDenyIsFoundBehindEveryAllow() {
        let finding = Self.findings(Self.with(Self.reads, Self.writes, Self.keys, #"{"Effect": "Deny", "Action": "s3:Replicate*", "Resource": "*"}"#)).first { $0.ruleID == "replication.role-permission" }
        #expect(finding?.message.contains("s3:ReplicateObject on arn:aws:s3:::states-dr/prod/a.tfstate (denied)") == true)
    }

    @Test func whatDependsOrBoundsIsUnknownAndNotFine() {
        let conditional = Self.writes.replacing("\"Resource\"", with: #""Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}, "Resource""#)
        #expect(Self.findings(Self.with(Self.reads, conditional, Self.keys)).map(\.ruleID) == ["replication.role-unknown"])
        #expect(Self.findings(Self.with(Self.reads, Self.writes, Self.keys, boundary: "arn:aws:iam::111122223333:policy/b")).map(\.ruleID) == ["replication.role-unknown"])
    }

    /// A policy that tfguard does not understand may allow what the others do not.
    @Test func anObscurePolicyIsUnknownAndNoAccusation() {
        let found = Self.findings { facts in
            Self.encrypted(&facts)
            facts.role = RoleFacts(arn: Self.role, reading: .read(IAMRole(arn: Self.role, trust: Self.policy(Self.trusting)), [IAMPolicy(name: "odd", document: nil)]))
        }
        #expect(Set(found.map(\.ruleID)) == ["replication.role-unknown", "replication.key-unknown"])
    }

    @Test func aKeyPolicyThatNamesTheRoleIsEnough() {
        let direct = #"{"Effect": "Allow", "Principal": {"AWS": "\#(Self.role)"}, "Action": "kms:Decrypt", "Resource": "*"}"#
        let found = Self.findings { facts in
            Self.with(Self.reads, Self.writes, Self.keys.replacing("kms:Decrypt", with: "kms:None"))(&facts)
            facts.sourceKeys = [Self.key(Self.sourceKey, policy: direct)]
        }
        #expect(found.isEmpty, "\(found)")
    }

    @Test func aKeyOfAnotherAccountNeedsBothPolicies() {
        let foreign = "arn:aws:kms:us-west-2:444455556666:key/k"
        let direct = #"{"Effect": "Allow", "Principal": {"AWS": "\#(Self.role)"}, "Action": "kms:Encrypt", "Resource": "*"}"#
        func found(_ statements: String...) -> [RuleID] {
            Self.findings { facts in
                Self.with(statements.joined(separator: ", "))(&facts)
                facts.replicaKeys = [Self.key(foreign, policy: direct)]
            }.map(\.ruleID)
        }
        #expect(found(Self.reads, Self.writes, Self.keys) == ["replication.key-permission"])
        #expect(found(Self.reads, Self.writes, Self.keys, #"{"Effect": "Allow", "Action": "kms:Encrypt", "Resource": "\#(foreign)"}"#).isEmpty)
    }

    /// `aws/s3`: its policy lets everybody in the account, through S3.
    @Test func theKeyOfS3ItselfIsUsableWithinItsAccount() {
        let managed = #"{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": ["kms:Decrypt"], "Resource": "*", "Condition": {"StringEquals": {"kms:ViaService": "s3.us-east-1.amazonaws.com", "kms:CallerAccount": "111122223333"}}}"#
        let found = Self.findings { facts in
            Self.encrypted(&facts)
            facts.sourceKeys = [Self.key(Self.sourceKey, policy: managed)]
        }
        #expect(found.isEmpty, "\(found)")
    }
}
