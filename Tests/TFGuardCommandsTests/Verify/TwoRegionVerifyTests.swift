import AWSIdentity
import Foundation
import HTTPTransport
import S3
import TestSupport
import Testing
import Timestamps

/// `tfguard verify`, the binary against two SeaweedFS clusters with `filer.sync` between them.
/// Skipped, with a word on standard error, when SeaweedFS cannot be installed.
@Suite(.serialized, .enabled("SeaweedFS cannot be had here") { await SharedServers.isAvailable(.seaweedfs) }) struct TwoRegionVerifyTests {
    /// The clusters, a vault, and a folder with a configuration for them.
    final class World {
        let regions: ReplicatedRegions
        let folder: TemporaryDirectory
        private let http: CurlClient
        static let key = "network/terraform.tfstate"

        init() async throws {
            (regions, folder, http) = (try await ReplicatedRegions(), try TemporaryDirectory("verify-regions"), try CurlClient())
            let sites = [ReplicatedRegions.Part.primary, .dr].map {
                "  \($0): { bucket: states, region: us-east-1, endpoint: \"\(regions.endpoint($0))\", use_path_style: true, max_attempts: 2 }\n"
            }
            try folder.write("vault: { location: ./vault }\nsites:\n\(sites.joined())replication: [ { from: primary, to: dr, recovery_point: 1h } ]\n", to: "tfguard.yaml")
        }

        func bucket(_ side: ReplicatedRegions.Part) -> S3Bucket {
            let keys = AWSCredentials(accessKeyID: ReplicatedRegions.accessKeyID, secretAccessKey: ReplicatedRegions.secretAccessKey)
            return S3Client(S3Configuration(region: "us-east-1", endpoint: regions.endpoint(side)), credentials: StaticCredentials(keys), http: http).bucket("states")
        }

        /// The bucket of the primary side, with versioning; filer.sync makes the other.
        func makeBucket() async throws {
            for (query, body) in [("", ""), ("?versioning=", "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>")] {
                var request = HTTPRequest(method: "PUT", url: "\(regions.endpoint(.primary))/states\(query)", body: .bytes(Array(body.utf8)))
                let keys = AWSCredentials(accessKeyID: ReplicatedRegions.accessKeyID, secretAccessKey: ReplicatedRegions.secretAccessKey)
                try SigV4Signer.sign(&request, credentials: keys, region: "us-east-1", service: "s3", time: .now(), payload: PayloadHash(of: Array(body.utf8)), style: .s3)
                let status = try await http.send(request).status
                #expect(status == 200)
            }
        }

        /// - Parameter pause: between writes: filer.sync now and then takes those that follow each other closely in another order.
        func write(_ key: String, _ serials: ClosedRange<Int>, to side: ReplicatedRegions.Part = .primary, pause: Duration = .zero) async throws -> [String] {
            var ids: [String] = []
            for serial in serials {
                ids.append(try #require(try await bucket(side).putObject(key: key, Array(SampleVault.state(serial: serial).utf8)).versionID))
                try await Task.sleep(for: pause)
            }
            return ids
        }

        func run(_ arguments: String...) async throws -> ProcessOutcome {
            let environment = ["AWS_ACCESS_KEY_ID": ReplicatedRegions.accessKeyID, "AWS_SECRET_ACCESS_KEY": ReplicatedRegions.secretAccessKey, "TFGUARD_NO_PROGRESS": "1"]
            return try await TFGuardBinary.run(arguments, in: folder, environment: environment)
        }

        /// Verifies until nothing differs. Should filer.sync leave an older version current however often it is started again, the
        /// state gets another version, as it would from the next apply.
        func verifyUntilInStep(next serial: Int) async throws -> (outcome: ProcessOutcome, serial: Int) {
            var serial = serial
            while true {
                var outcome = try await run("verify", "primary", "dr", "--json")
                let isInStep = try await regions.replicates {
                    outcome = try await run("verify", "primary", "dr", "--json")
                    return outcome.status == 0
                }
                guard !isInStep, serial < 6, try outcome.verifyRules == ["replication.current-differs"] else { return (outcome, serial) }
                _ = try await write(Self.key, serial...serial, pause: .seconds(1))
                serial += 1
            }
        }
    }

    @Test func theStatusFollowsWhatReallyArrives() async throws {
        let world = try await World()
        try await world.makeBucket()
        _ = try await world.write(World.key, 1...3, pause: .milliseconds(1200))
        _ = try await world.write("env:/blue/network/terraform.tfstate", 1...2, pause: .milliseconds(1200))
        let inStep = try await world.verifyUntilInStep(next: 4)
        #expect(inStep.outcome.status == 0, "\(inStep.outcome.output) \(inStep.outcome.errors)")
        let behindFrom = inStep.serial
        #expect(try await world.run("snapshot").status == 0)

        world.regions.signal(.sync, SIGSTOP)
        let lost = try await world.write(World.key, behindFrom...(behindFrom + 6))
        let behind = try await world.run("verify", "primary", "dr", "--json")
        let state = try #require(try behind.verifiedState(World.key))
        let missing = try #require(state["missing_versions"] as? [[String: Any]])
        let point = try #require(state["recovery_point"] as? [String: Any])
        let risk = try #require(state["at_risk"] as? [String: Any])
        #expect(behind.status == 2 && missing.map { $0["version_id"] as? String } == lost.reversed() && state["missing"] as? Int == 7)
        #expect(point["serial"] as? Int == behindFrom - 1 && point["versions_at_risk"] as? Int == 7)
        #expect(risk["serials"] as? [Int] == (behindFrom...(behindFrom + 6)).reversed() && (risk["resources"] as? [[String: String]])?.map { $0["address"] } == ["aws_vpc.main"])
        let told = try await world.run("verify", "primary", "dr")
        #expect(told.output.contains("7 versions would be lost if the primary side died now") && told.output.contains("aws_vpc.main (replace)"))

        world.regions.signal(.sync, SIGCONT)
        let again = try await world.verifyUntilInStep(next: behindFrom + 7)
        #expect(again.outcome.status == 0, "\(again.outcome.output) \(again.outcome.errors)")

        let foreign = try await world.write(World.key, 99...99, to: .dr)
        let parted = try await world.run("verify", "primary", "dr", "--json")
        #expect(try parted.status == 2 && (parted.verifiedState(World.key)?["extra_versions"] as? [[String: Any]])?.map { $0["version_id"] as? String } == foreign)
        _ = try await world.bucket(.dr).deleteObject(key: World.key, versionID: foreign[0])

        // Deleted on one side only: filer.sync goes one way.
        _ = try await world.bucket(.dr).deleteObject(key: World.key, versionID: lost[2])
        let thinned = try await world.run("verify", "primary", "dr", "--json")
        #expect(try thinned.status == 2 && (thinned.verifiedState(World.key)?["missing_versions"] as? [[String: Any]])?.map { $0["version_id"] as? String } == [lost[2]])

        #expect(try await world.run("snapshot").status == 0)
        world.regions.signal(.primary, SIGKILL)
        let dead = try await world.run("verify", "primary", "dr", "--json")
        let pair = try #require((try dead.document["pairs"] as? [[String: Any]])?.first)
        #expect(dead.status == 3 && pair["from_read_from"] as? String == "vault" && pair["to_read_from"] as? String == "s3")
        #expect(try (dead.verifiedState(World.key)?["recovery_point"] as? [String: Any])?["serial"] as? Int == again.serial - 1)
    }
}

extension ProcessOutcome {
    /// One state of the first pair of `verify`.
    func verifiedState(_ key: String) throws -> [String: Any]? {
        let pair = (try document["pairs"] as? [[String: Any]])?.first
        return (pair?["states"] as? [[String: Any]])?.first { $0["key"] as? String == key }
    }

    /// Rules of the findings of the first pair, beyond remarks.
    var verifyRules: [String] {
        get throws {
            let findings = (try document["pairs"] as? [[String: Any]])?.first?["findings"] as? [[String: Any]] ?? []
            return findings.filter { $0["severity"] as? String != "info" }.compactMap { $0["rule_id"] as? String }
        }
    }
}
