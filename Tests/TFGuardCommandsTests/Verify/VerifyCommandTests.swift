import Foundation
import TestSupport
import Testing

/// `tfguard verify`, the binary against two stand-ins of S3.
@Suite struct VerifyCommandTests {
    let primary: S3StandIn
    let dr: S3StandIn
    let folder: TemporaryDirectory

    init() throws {
        (primary, dr, folder) = (try S3StandIn(), try S3StandIn(), try TemporaryDirectory("verify"))
        primary.createBucket("states")
        dr.createBucket("states", region: "us-west-2")
        let sites = [("primary", primary.url), ("dr", dr.url)].map {
            "  \($0): { bucket: states, region: us-east-1, endpoint: \"\($1)\", use_path_style: true, max_attempts: 1 }\n"
        }
        try folder.write("sites:\n\(sites.joined())replication: [ { from: primary, to: dr, recovery_point: 15m } ]\n", to: "tfguard.yaml")
    }

    func write(_ serials: ClosedRange<Int>, replicates: Bool) {
        for serial in serials {
            let body = S3StandIn.Body(SampleVault.state(serial: serial))
            let id = primary.put(body, key: "a.tfstate", bucket: "states")
            if replicates { dr.put(body, key: "a.tfstate", bucket: "states", versionID: id) }
        }
    }

    func run(_ arguments: String...) async throws -> ProcessOutcome {
        let environment = ["AWS_ACCESS_KEY_ID": "AKIAEXAMPLE", "AWS_SECRET_ACCESS_KEY": "not-for-anyone", "TFGUARD_NO_PROGRESS": "1"]
        return try await TFGuardBinary.run(["verify"] + arguments, in: folder, environment: environment)
    }

    @Test func inStepIsZeroAndBehindIsTwoWithTheContractsFields() async throws {
        write(1...3, replicates: true)
        #expect(try await run("primary", "dr").status == 0)
        write(4...6, replicates: false)
        let outcome = try await run("primary", "dr", "--json", "--batch-manifest", "missing.csv")
        #expect(outcome.status == 2)
        let pair = try #require((outcome.document["pairs"] as? [[String: Any]])?.first)
        let state = try #require((pair["states"] as? [[String: Any]])?.first)
        let point = try #require(state["recovery_point"] as? [String: Any])
        #expect(pair["from"] as? String == "primary" && pair["to"] as? String == "dr" && (pair["findings"] as? [[String: Any]])?.isEmpty == false)
        for (name, value) in ["versions": 6, "replicated": 3, "missing": 3, "different": 0, "pending": 0, "failed": 0, "extra": 0] { #expect(state[name] as? Int == value, "\(name)") }
        #expect(point["serial"] as? Int == 3 && point["versions_at_risk"] as? Int == 3 && point["version_id"] is String && point["last_modified"] is String)
        let manifest = String(decoding: try folder.read("missing.csv"), as: UTF8.self)
        #expect(manifest.split(separator: "\n").allSatisfy { $0.hasPrefix("states,a.tfstate,") })
    }

    @Test func aDeadSideIsPartialAndTwoDeadSidesAreAnError() async throws {
        write(1...2, replicates: true)
        primary.inject(.accessDenied)
        #expect(try await run("--json").status == 3)
        dr.inject(.accessDenied)
        let outcome = try await run("--json")
        let problems = try outcome.document["problems"] as? [[String: Any]]
        #expect(outcome.status == 1 && problems?.count == 2)
    }

    @Test func copiesAreOnlyMadeWhenConfirmed() async throws {
        write(1...1, replicates: false)
        _ = try await run("--copy-missing")
        #expect(dr.keys(of: "states").isEmpty)
        _ = try await run("--copy-missing", "--yes")
        #expect(dr.versions(of: "a.tfstate", in: "states").count == 1)
    }

    @Test func resourcesOfTheLostSerialsAreNamedFromS3AndFromTheVault() async throws {
        try folder.write(String(decoding: folder.read("tfguard.yaml"), as: UTF8.self) + "vault: { location: ./vault }\n", to: "tfguard.yaml")
        write(1...2, replicates: true)
        write(3...4, replicates: false)
        func loss(_ outcome: ProcessOutcome) throws -> [String: Any]? { try outcome.verifiedState("a.tfstate")?["at_risk"] as? [String: Any] }
        let fromS3 = try #require(try loss(try await run("--json")))
        #expect(fromS3["serials"] as? [Int] == [4, 3] && fromS3["resource_count"] as? Int == 1 && fromS3["unknown_because"] is NSNull)
        #expect(fromS3["resources"] as? [[String: String]] == [["address": "aws_vpc.main", "action": "replace"]])
        let told = try await run()
        #expect(told.output.contains("would lose serials 4, 3") && told.output.contains("they touch aws_vpc.main (replace)"), "\(told.output)")

        let environment = ["AWS_ACCESS_KEY_ID": "AKIAEXAMPLE", "AWS_SECRET_ACCESS_KEY": "not-for-anyone", "TFGUARD_NO_PROGRESS": "1"]
        #expect(try await TFGuardBinary.run(["snapshot"], in: folder, environment: environment).status == 0)
        primary.inject(.internalError)
        let dead = try await run("--json")
        let fromVault = try #require(try loss(dead))
        #expect(dead.status == 3 && fromVault["serials"] as? [Int] == [4, 3])
        #expect(fromVault["resources"] as? [[String: String]] == [["address": "aws_vpc.main", "action": "replace"]])
    }

    @Test func howFarItIsIsToldOnStandardError() async throws {
        write(1...3, replicates: true)
        let environment = ["AWS_ACCESS_KEY_ID": "AKIAEXAMPLE", "AWS_SECRET_ACCESS_KEY": "not-for-anyone"]
        let outcome = try await TFGuardBinary.run(["verify", "--progress", "json", "--json"], in: folder, environment: environment)
        let lines = outcome.errors.split(separator: "\n").compactMap { try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] }
        #expect(lines.first?["message_type"] as? String == "progress" && lines.first?["phase"] as? String == "listing" && lines.first?["states"] as? Int == 1 && lines.first?["done"] as? Int == 3)
        #expect(try outcome.status == 0 && outcome.document["command"] as? String == "verify")
        #expect(try await run().errors.isEmpty)
    }

    @Test func digestsAreReadFromTheConfiguredTableAndRolesOfOwnServersAreNotAskedOfAWS() async throws {
        let table = try ScriptedServer { request in
            request.header("X-Amz-Target")?.hasSuffix("DescribeTable") == true
                ? .text(#"{"Table": {"TableStatus": "ACTIVE", "Replicas": []}}"#) : .text(#"{"Item": {"LockID": {"S": "x"}, "Digest": {"S": "00000000000000000000000000000000"}}}"#)
        }
        let sites = [("primary", primary.url, "us-east-1"), ("dr", dr.url, "us-west-2")].map { name, url, region in
            "  \(name): { bucket: states, region: \(region), endpoints: { s3: \"\(url)\", dynamodb: \"\(table.url)\" }, use_path_style: true, max_attempts: 1, lock: { dynamodb_table: locks } }\n"
        }
        try folder.write("sites:\n\(sites.joined())", to: "tfguard.yaml")
        setRule()
        write(1...2, replicates: true)
        let outcome = try await run("primary", "dr", "--json")
        #expect(try outcome.status == 2 && outcome.verifyRules == ["replication.digest-unknown-version", "replication.digest-unknown-version", "replication.lock-table-not-replicated"])
        #expect(table.requests.contains { $0.header("Authorization")?.contains("/us-west-2/dynamodb/") == true && String(decoding: $0.body, as: UTF8.self).contains("a.tfstate-md5") })
        let findings = try #require((try outcome.document["pairs"] as? [[String: Any]])?.first?["findings"] as? [[String: Any]])
        let role = try #require(findings.first { $0["rule_id"] as? String == "replication.role-unknown" })
        #expect((role["message"] as? String)?.contains("no endpoint for iam is configured") == true)
    }

    @Test func theRoleIsAskedAboutAtTheConfiguredEndpoints() async throws {
        let account = try ScriptedServer { request in
            String(decoding: request.body, as: UTF8.self).hasPrefix("Action=GetRole&")
                ? .text(404, "<ErrorResponse><Error><Code>NoSuchEntity</Code><Message>no such role</Message></Error></ErrorResponse>")
                : .text("<GetCallerIdentityResponse><GetCallerIdentityResult><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>")
        }
        let sites = [("primary", primary.url), ("dr", dr.url)].map { name, url in
            "  \(name): { bucket: states, region: us-east-1, endpoints: { s3: \"\(url)\", iam: \"\(account.url)\", sts: \"\(account.url)\" }, use_path_style: true, max_attempts: 1 }\n"
        }
        try folder.write("sites:\n\(sites.joined())", to: "tfguard.yaml")
        setRule()
        write(1...2, replicates: true)
        let outcome = try await run("primary", "dr", "--json")
        #expect(try outcome.status == 2 && outcome.verifyRules == ["replication.role-absent"], "\(outcome.output)")
        #expect(account.requests.map { $0.header("Authorization")?.contains("/us-east-1/iam/") == true } == [true, false])
    }

    private func setRule() {
        primary.setConfiguration(
            "replication", of: "states",
            "<ReplicationConfiguration><Role>arn:aws:iam::111122223333:role/replication</Role><Rule><ID>all</ID><Priority>1</Priority><Filter><Prefix></Prefix></Filter><Status>Enabled</Status><DeleteMarkerReplication><Status>Enabled</Status></DeleteMarkerReplication><Destination><Bucket>arn:aws:s3:::states</Bucket></Destination></Rule></ReplicationConfiguration>")
    }
}
