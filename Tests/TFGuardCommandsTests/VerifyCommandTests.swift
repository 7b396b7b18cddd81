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
}
