import AWSIdentity
import Cryptography
import DynamoDB
import Findings
import TestSupport
import Testing

@testable import Replication
@testable import S3

/// Lock tables, roles and keys on emulators that really have them. Skipped, with a word on standard error, where none can be
/// installed.
@Suite(.serialized) struct RealAccessTests {
    static func rules(_ result: VerifyResult, _ words: String...) -> [String] {
        result.findings.filter { finding in words.contains { finding.ruleID.description.hasPrefix("replication.\($0)") } }.map { "\($0.subject.prefix { $0 != " " }) \($0.ruleID)" }.sorted()
    }

    @Test(arguments: await RealAccount.available()) func digestsOfRealTablesAreHeldAgainstTheStates(kind: RealServerKind) async throws {
        let account = try await RealAccount(kind)
        let table = uniqueBucketName("locks")
        for region in ["us-east-1", "us-west-2"] { try await account.makeTable(table, region: region) }
        func digest(_ bucket: String, _ key: String, _ serial: Int, _ region: String) async throws {
            let value = Hex.encode(MD5.hash(ReplicationWorld.state(serial: serial)))
            try await account.dynamoDB(region).put(["LockID": .string("\(bucket)/\(key)-md5"), "Digest": .string(value)], in: table)
        }
        for key in ["a.tfstate", "env:/blue/b.tfstate", "c.tfstate"] {
            for bucket in [account.source, account.replica] { try await account.write(key, serials: 1...3, to: bucket) }
            try await digest(account.source, key, 3, "us-east-1")
        }
        try await digest(account.replica, "env:/blue/b.tfstate", 3, "us-west-2")
        try await digest(account.replica, "c.tfstate", 2, "us-west-2")
        let result = try await account.check(table: table)
        #expect(Self.rules(result, "digest", "lock-table") == ["dr replication.digest-missing", "dr replication.digest-of-other-version", "primary replication.lock-table-not-replicated"])
        #expect(result.findings.first { $0.ruleID == "replication.digest-missing" }?.message.contains("1 of 3 states of \(account.replica) (a.tfstate)") == true)
        #expect(result.findings.first { $0.ruleID == "replication.digest-of-other-version" }?.message.contains("c.tfstate (of serial 2, version ") == true)

        let absent = try await account.check(table: "no-such-table")
        #expect(Self.rules(absent, "digest", "lock-table") == ["dr replication.lock-table-digests", "primary replication.lock-table-digests", "primary replication.lock-table-unknown"])
    }

    /// A role as the AWS documentation has it, then one fault after the other.
    @Test(arguments: await RealAccount.available()) func rolesAndKeysAreJudgedFromWhatIAMAndKMSTell(kind: RealServerKind) async throws {
        let account = try await RealAccount(kind)
        try await account.write("a.tfstate", serials: 1...1)
        let name = uniqueBucketName("role")
        let trust = #"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": ["s3.amazonaws.com", "batchoperations.s3.amazonaws.com"]}, "Action": "sts:AssumeRole"}]}"#
        let role = try #require(try await account.iam("CreateRole", ["RoleName": name, "AssumeRolePolicyDocument": trust])["CreateRoleResult/Role/Arn"])
        let (sourceKey, replicaKey) = (try await account.makeKey(region: "us-east-1"), try await account.makeKey(region: "us-west-2"))
        let rule = """
            <Rule><ID>all</ID><Priority>1</Priority><Filter><Prefix></Prefix></Filter><Status>Enabled</Status><DeleteMarkerReplication><Status>Disabled</Status></DeleteMarkerReplication>\
            <SourceSelectionCriteria><SseKmsEncryptedObjects><Status>Enabled</Status></SseKmsEncryptedObjects></SourceSelectionCriteria>\
            <Destination><Bucket>arn:aws:s3:::\(account.replica)</Bucket><EncryptionConfiguration><ReplicaKmsKeyID>\(replicaKey)</ReplicaKmsKeyID></EncryptionConfiguration></Destination></Rule>
            """
        try await account.bucket(account.source).configure("replication", "<ReplicationConfiguration><Role>\(role)</Role>\(rule)</ReplicationConfiguration>")
        try await account.bucket(account.source).configure(
            "encryption",
            "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>\(sourceKey)</KMSMasterKeyID></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>")
        // moto forgets SourceSelectionCriteria and EncryptionConfiguration: to it, no key matters.
        let hasKeys = kind != .moto
        func expect(_ role: [String], keys: [String] = [], sourceLocation: SourceLocation = #_sourceLocation) async throws {
            let result = try await account.check()
            let expected = (role + (hasKeys ? keys : [])).sorted()
            #expect(Self.rules(result, "role", "key", "encryption-context", "bucket-key") == expected, "\(result.findings)", sourceLocation: sourceLocation)
        }

        try await expect(["primary replication.role-permission", "primary replication.role-tags"], keys: ["dr replication.key-permission", "primary replication.key-permission"])

        let reads = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["s3:GetReplicationConfiguration", "s3:ListBucket"], "Resource": "arn:aws:s3:::\(account.source)"},
             {"Effect": "Allow", "Action": ["s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging"], "Resource": "arn:aws:s3:::\(account.source)/*"},
             {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "\(sourceKey)", "Condition": {"StringLike": {"kms:ViaService": "s3.us-east-1.amazonaws.com", "kms:EncryptionContext:aws:s3:arn": "arn:aws:s3:::\(account.source)/*"}}}]}
            """
        let writes = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags"], "Resource": "arn:aws:s3:::\(account.replica)/*"},
             {"Effect": "Allow", "Action": "kms:Encrypt", "Resource": "\(replicaKey)"}]}
            """
        _ = try await account.iam("PutRolePolicy", ["RoleName": name, "PolicyName": "reads", "PolicyDocument": reads])
        let attached = try #require(try await account.iam("CreatePolicy", ["PolicyName": name, "PolicyDocument": writes])["CreatePolicyResult/Policy/Arn"])
        _ = try await account.iam("AttachRolePolicy", ["RoleName": name, "PolicyArn": attached])
        try await expect([])

        let replicaID = try #require(replicaKey.split(separator: "/").last)
        _ = try await account.kms("DisableKey", #"{"KeyId": "\#(replicaID)"}"#, region: "us-west-2")
        try await expect([], keys: ["dr replication.key-disabled"])
        _ = try await account.kms("EnableKey", #"{"KeyId": "\#(replicaID)"}"#, region: "us-west-2")

        // A policy that still lets the account look, as whoever asks needs that too.
        let others = #"{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"\#(role.split(separator: ":", omittingEmptySubsequences: false)[4])\"}, \"Action\": [\"kms:Describe*\", \"kms:Get*\", \"kms:Put*\"], \"Resource\": \"*\"}]}"#
        _ = try await account.kms("PutKeyPolicy", #"{"KeyId": "\#(sourceKey)", "PolicyName": "default", "Policy": "\#(others)"}"#, region: "us-east-1")
        try await expect([], keys: ["primary replication.key-permission"])

        _ = try await account.iam("UpdateAssumeRolePolicy", ["RoleName": name, "PolicyDocument": trust.replacing("s3.amazonaws.com", with: "ec2.amazonaws.com")])
        try await expect(["primary replication.role-batch", "primary replication.role-not-assumable"], keys: ["primary replication.key-permission"])
    }

    @Test(arguments: await RealAccount.available()) func aRoleThatIsNotThereIsToldFromOneOfAnotherAccount(kind: RealServerKind) async throws {
        let account = try await RealAccount(kind)
        try await account.write("a.tfstate", serials: 1...1)
        let own = try await account.iam("CreateRole", ["RoleName": uniqueBucketName("probe"), "AssumeRolePolicyDocument": #"{"Version": "2012-10-17", "Statement": []}"#])["CreateRoleResult/Role/Arn"]
        let ownAccount = try #require(own?.split(separator: ":", omittingEmptySubsequences: false).dropFirst(4).first)
        for (owner, rule) in [(String(ownAccount), "primary replication.role-absent"), ("999999999999", "primary replication.role-unknown")] {
            try await account.bucket(account.source).configure(
                "replication", "<ReplicationConfiguration><Role>arn:aws:iam::\(owner):role/no-such-role</Role>\(ReplicationWorld.rule(bucket: account.replica))</ReplicationConfiguration>")
            #expect(Self.rules(try await account.check(), "role") == [rule])
        }
    }

    /// ministack checks the permissions of its users; moto does not.
    @Test(.enabled("ministack cannot be had here") { await SharedServers.isAvailable(.ministack) }) func whatMayNotBeReadIsUnknown() async throws {
        let account = try await RealAccount(.ministack)
        let table = uniqueBucketName("locks")
        for region in ["us-east-1", "us-west-2"] { try await account.makeTable(table, region: region) }
        try await account.bucket(account.source).configure(
            "replication", "<ReplicationConfiguration><Role>arn:aws:iam::000000000000:role/replication</Role>\(ReplicationWorld.rule(bucket: account.replica))</ReplicationConfiguration>")
        try await account.write("a.tfstate", serials: 1...1)
        let user = try await EmulatedAccount(account.server).makeUser(uniqueBucketName("s3-only"), allowing: #"{"Effect":"Allow","Action":"s3:*","Resource":"*"}"#)
        let result = try await account.check(table: table, as: AWSCredentials(accessKeyID: user.accessKeyID, secretAccessKey: user.secretAccessKey))
        #expect(
            Self.rules(result, "role", "digest", "lock-table") == [
                "dr replication.lock-table-digests", "primary replication.lock-table-digests", "primary replication.lock-table-unknown", "primary replication.role-unknown",
            ])
        #expect(result.findings.first { $0.ruleID == "replication.role-unknown" }?.message.contains("AccessDenied") == true, "\(result.findings)")
    }
}
