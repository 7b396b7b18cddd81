import AWSIdentity
import Findings
import TestSupport
import Testing

@testable import Replication
@testable import S3

/// Replication rules on a real server that has them: statuses, failures, filters. Its replicas get ids of their own.
/// Skipped, with a word on standard error, when ministack cannot be installed.
@Suite(.serialized, .enabled("ministack cannot be had here") { await SharedServers.isAvailable(.ministack) }) struct MinistackTests {
    @Test func completedReplicasWithNewIDsAreInStep() async throws {
        let account = try await RealAccount(.ministack)
        try await account.setRule(deleteMarkers: true)
        try await account.write("prod/a.tfstate", serials: 1...4)
        try await account.write("env:/blue/prod/a.tfstate", serials: 1...2)
        _ = try await account.bucket(account.source).deleteObject(key: "env:/blue/prod/a.tfstate")
        let result = try await account.check(asksServices: false)
        #expect(result.states.map(\.replicated) == [3, 4] && result.states.allSatisfy { $0.isInStep && $0.renamed == $0.versions }, "\(result.states)")
        #expect(result.rules().isEmpty && result.problems.isEmpty, "\(result.findings)")
    }

    @Test func aSuspendedDestinationFailsAndIsSaid() async throws {
        let account = try await RealAccount(.ministack)
        try await account.setRule(deleteMarkers: true)
        try await account.write("a.tfstate", serials: 1...2)
        try await account.bucket(account.replica, region: "us-west-2").configure("versioning", "<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>")
        try await account.write("a.tfstate", serials: 3...3)
        let result = try await account.check(asksServices: false)
        let state = try #require(result.state("a.tfstate"))
        #expect(state.missing.map(\.cause) == [.failed] && state.failed == 1 && state.recoveryPoint.serial == 2 && state.recoveryPoint.versionsAtRisk == 1)
        #expect(Set(result.rules()).isSuperset(of: ["replication.failed", "replication.destination-versioning"]))
    }

    @Test func whatLiesOutsideThePrefixOrIsOlderThanTheRuleIsToldApart() async throws {
        let account = try await RealAccount(.ministack)
        try await account.write("prod/a.tfstate", serials: 1...2)
        try await account.setRule(prefix: "prod/", deleteMarkers: true)
        try await account.write("prod/a.tfstate", serials: 3...3)
        try await account.write("stage/b.tfstate", serials: 1...1)
        let result = try await account.check(asksServices: false)
        #expect(result.state("prod/a.tfstate")?.missing.map(\.cause) == [.olderThanRule, .olderThanRule] && result.state("prod/a.tfstate")?.recoveryPoint.serial == 3)
        #expect(result.state("stage/b.tfstate")?.missing.map(\.cause) == [.notCovered])
        #expect(Set(result.rules()).isSuperset(of: ["replication.older-than-rule", "replication.version-not-covered", "replication.prefix-not-covered"]))
    }

    @Test func deleteMarkersThatTheRuleLeavesOutAreNoLoss() async throws {
        let account = try await RealAccount(.ministack)
        try await account.setRule(deleteMarkers: false)
        try await account.write("a.tfstate", serials: 1...2)
        _ = try await account.bucket(account.source).deleteObject(key: "a.tfstate")
        let result = try await account.check(asksServices: false)
        #expect(result.state("a.tfstate")?.missing.map(\.cause) == [.deleteMarkerByRule] && result.versionsAtRisk == 0)
        #expect(result.rules() == ["replication.state-lives-on"])
    }

    @Test func withoutAnyRuleNothingArrivesAndBothAreSaid() async throws {
        let account = try await RealAccount(.ministack)
        try await account.write("a.tfstate", serials: 1...2)
        #expect(Set(try await account.check(asksServices: false).rules()).isSuperset(of: ["replication.rule-missing", "replication.state-missing", "replication.version-missing"]))
    }

    @Test func aUserWhoMayOnlyListGetsTheLedgerAndIsToldWhatIsUnknown() async throws {
        let account = try await RealAccount(.ministack)
        try await account.write("a.tfstate", serials: 1...1)
        try await account.setRule(deleteMarkers: true)
        try await account.write("a.tfstate", serials: 2...3)
        let result = try await account.check(as: try await account.makeLister(), asksServices: false)
        let state = try #require(result.state("a.tfstate"))
        #expect(state.missing.map(\.cause) == [.unreadable] && state.replicated == 2 && state.recoveryPoint.serial == nil)
        #expect(result.problems.map(\.reference) == ["primary"] && result.problems.first?.hint?.contains("s3:GetObjectVersion") == true)
        #expect(result.findings.contains { $0.ruleID == "replication.settings-unknown" })
    }
}

extension RealAccount {
    func setRule(prefix: String = "", deleteMarkers: Bool) async throws {
        try await bucket(source).configure(
            "replication",
            "<ReplicationConfiguration><Role>arn:aws:iam::000000000000:role/replication</Role>"
                + ReplicationWorld.rule(prefix: prefix, deleteMarkers: deleteMarkers, bucket: replica) + "</ReplicationConfiguration>")
    }

    /// A user who may list and read settings, and read no object.
    func makeLister() async throws -> AWSCredentials {
        let user = try await EmulatedAccount(server).makeUser(
            uniqueBucketName("lister"), allowing: #"{"Effect":"Allow","Action":["s3:List*","s3:GetBucket*","s3:GetReplicationConfiguration"],"Resource":"*"}"#)
        return AWSCredentials(accessKeyID: user.accessKeyID, secretAccessKey: user.secretAccessKey)
    }
}

extension S3Bucket {
    /// Makes the bucket, with versioning. Only tests do: tfguard never creates buckets.
    func make(region: String?) async throws {
        var request = S3Request("CreateBucket", method: "PUT")
        if let region {
            request.body = Array("<CreateBucketConfiguration><LocationConstraint>\(region)</LocationConstraint></CreateBucketConfiguration>".utf8)
        }
        try await run(request) { _ throws(S3Error) in }
        try await configure("versioning", "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>")
    }

    func configure(_ name: String, _ document: String) async throws {
        var request = S3Request("PutBucketConfiguration", method: "PUT")
        request.query = [(name, "")]
        request.body = Array(document.utf8)
        try await run(request) { _ throws(S3Error) in }
    }
}
