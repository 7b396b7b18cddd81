import AWSIdentity
import Findings
import HTTPTransport
import Sites
import TestSupport
import Testing
import Timestamps

@testable import Replication
@testable import S3

/// Replication rules on a real server that has them: statuses, failures, filters. Its replicas get ids of their own.
/// Skipped, with a word on standard error, when ministack cannot be installed.
@Suite(.serialized, .enabled("ministack cannot be had here") { await SharedServers.isAvailable(.ministack) }) struct MinistackTests {
    /// Two buckets of one account, in two regions.
    struct Account {
        let server: RealServer
        let http: CurlClient
        let source: String
        let replica: String

        init() async throws {
            server = try await SharedServers.shared.server(.ministack)
            http = try CurlClient()
            (source, replica) = (uniqueBucketName("source"), uniqueBucketName("replica"))
            try await bucket(source).make(region: nil)
            try await bucket(replica, region: "us-west-2").make(region: "us-west-2")
        }

        func bucket(_ name: String, region: String = "us-east-1", as credentials: AWSCredentials? = nil) -> S3Bucket {
            let keys = StaticCredentials(credentials ?? AWSCredentials(accessKeyID: server.accessKeyID, secretAccessKey: server.secretAccessKey))
            return S3Client(S3Configuration(region: region, endpoint: server.endpoint), credentials: keys, http: http).bucket(name)
        }

        func setRule(prefix: String = "", deleteMarkers: Bool) async throws {
            try await bucket(source).configure(
                "replication",
                "<ReplicationConfiguration><Role>arn:aws:iam::000000000000:role/replication</Role>"
                    + ReplicationWorld.rule(prefix: prefix, deleteMarkers: deleteMarkers, bucket: replica) + "</ReplicationConfiguration>")
        }

        func write(_ key: String, serials: ClosedRange<Int>) async throws {
            for serial in serials { _ = try await bucket(source).putObject(key: key, ReplicationWorld.state(serial: serial)) }
        }

        func check(as credentials: AWSCredentials? = nil) async throws -> VerifyResult {
            let from = Site(settings: SiteSettings(name: "primary", bucket: source), bucket: bucket(source, as: credentials))
            let to = Site(settings: SiteSettings(name: "dr", bucket: replica), bucket: bucket(replica, region: "us-west-2", as: credentials))
            return try await ReplicationCheck(from: VerifySide(from), to: VerifySide(to), vault: nil, now: { .now() }).run()
        }

        /// A user who may list and read settings, and read no object.
        func makeLister() async throws -> AWSCredentials {
            func iam(_ fields: [String: String]) async throws -> String {
                let body = Array(fields.merging(["Version": "2010-05-08"]) { $1 }.map { "\($0.key)=\($0.value)" }.joined(separator: "&").utf8)
                var request = HTTPRequest(method: "POST", url: "\(server.endpoint)/", headers: ["Content-Type": "application/x-www-form-urlencoded"], body: .bytes(body))
                let keys = AWSCredentials(accessKeyID: server.accessKeyID, secretAccessKey: server.secretAccessKey)
                try SigV4Signer.sign(&request, credentials: keys, region: "us-east-1", service: "iam", time: .now(), payload: PayloadHash(of: body), style: .standard)
                return String(decoding: try await http.send(request).body, as: UTF8.self)
            }
            let name = uniqueBucketName("lister")
            _ = try await iam(["Action": "CreateUser", "UserName": name])
            let policy = "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%5B%22s3%3AList%2A%22%2C%22s3%3AGetBucket%2A%22%2C%22s3%3AGetReplicationConfiguration%22%5D%2C%22Resource%22%3A%22%2A%22%7D%5D%7D"
            _ = try await iam(["Action": "PutUserPolicy", "UserName": name, "PolicyName": "list", "PolicyDocument": policy])
            let answer = try await iam(["Action": "CreateAccessKey", "UserName": name])
            func field(_ element: String) -> String {
                guard let start = answer.firstRange(of: "<\(element)>"), let end = answer.firstRange(of: "</\(element)>") else { return "" }
                return String(answer[start.upperBound..<end.lowerBound])
            }
            return AWSCredentials(accessKeyID: field("AccessKeyId"), secretAccessKey: field("SecretAccessKey"))
        }
    }

    @Test func completedReplicasWithNewIDsAreInStep() async throws {
        let account = try await Account()
        try await account.setRule(deleteMarkers: true)
        try await account.write("prod/a.tfstate", serials: 1...4)
        try await account.write("env:/blue/prod/a.tfstate", serials: 1...2)
        _ = try await account.bucket(account.source).deleteObject(key: "env:/blue/prod/a.tfstate")
        let result = try await account.check()
        #expect(result.states.map(\.replicated) == [3, 4] && result.states.allSatisfy { $0.isInStep && $0.renamed == $0.versions }, "\(result.states)")
        #expect(result.rules().isEmpty && result.problems.isEmpty, "\(result.findings)")
    }

    @Test func aSuspendedDestinationFailsAndIsSaid() async throws {
        let account = try await Account()
        try await account.setRule(deleteMarkers: true)
        try await account.write("a.tfstate", serials: 1...2)
        try await account.bucket(account.replica, region: "us-west-2").configure("versioning", "<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>")
        try await account.write("a.tfstate", serials: 3...3)
        let result = try await account.check()
        let state = try #require(result.state("a.tfstate"))
        #expect(state.missing.map(\.cause) == [.failed] && state.failed == 1 && state.recoveryPoint.serial == 2 && state.recoveryPoint.versionsAtRisk == 1)
        #expect(Set(result.rules()).isSuperset(of: ["replication.failed", "replication.destination-versioning"]))
    }

    @Test func whatLiesOutsideThePrefixOrIsOlderThanTheRuleIsToldApart() async throws {
        let account = try await Account()
        try await account.write("prod/a.tfstate", serials: 1...2)
        try await account.setRule(prefix: "prod/", deleteMarkers: true)
        try await account.write("prod/a.tfstate", serials: 3...3)
        try await account.write("stage/b.tfstate", serials: 1...1)
        let result = try await account.check()
        #expect(result.state("prod/a.tfstate")?.missing.map(\.cause) == [.olderThanRule, .olderThanRule] && result.state("prod/a.tfstate")?.recoveryPoint.serial == 3)
        #expect(result.state("stage/b.tfstate")?.missing.map(\.cause) == [.notCovered])
        #expect(Set(result.rules()).isSuperset(of: ["replication.older-than-rule", "replication.version-not-covered", "replication.prefix-not-covered"]))
    }

    @Test func deleteMarkersThatTheRuleLeavesOutAreNoLoss() async throws {
        let account = try await Account()
        try await account.setRule(deleteMarkers: false)
        try await account.write("a.tfstate", serials: 1...2)
        _ = try await account.bucket(account.source).deleteObject(key: "a.tfstate")
        let result = try await account.check()
        #expect(result.state("a.tfstate")?.missing.map(\.cause) == [.deleteMarkerByRule] && result.versionsAtRisk == 0)
        #expect(result.rules() == ["replication.state-lives-on"])
    }

    @Test func withoutAnyRuleNothingArrivesAndBothAreSaid() async throws {
        let account = try await Account()
        try await account.write("a.tfstate", serials: 1...2)
        #expect(Set(try await account.check().rules()).isSuperset(of: ["replication.rule-missing", "replication.state-missing", "replication.version-missing"]))
    }

    @Test func aUserWhoMayOnlyListGetsTheLedgerAndIsToldWhatIsUnknown() async throws {
        let account = try await Account()
        try await account.write("a.tfstate", serials: 1...1)
        try await account.setRule(deleteMarkers: true)
        try await account.write("a.tfstate", serials: 2...3)
        let result = try await account.check(as: try await account.makeLister())
        let state = try #require(result.state("a.tfstate"))
        #expect(state.missing.map(\.cause) == [.unreadable] && state.replicated == 2 && state.recoveryPoint.serial == nil)
        #expect(result.problems.map(\.reference) == ["primary"] && result.problems.first?.hint?.contains("s3:GetObjectVersion") == true)
        #expect(result.findings.contains { $0.ruleID == "replication.settings-unknown" })
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
