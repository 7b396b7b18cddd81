import AWSIdentity
import Glibc
import HTTPTransport
import Sites
import TestSupport
import Testing
import Timestamps

@testable import Replication
@testable import S3

/// Two SeaweedFS clusters with `filer.sync` between them: independent servers, real lag, real outages.
/// Skipped, with a word on standard error, when SeaweedFS cannot be installed.
@Suite(.serialized, .enabled("SeaweedFS cannot be had here") { await SharedServers.isAvailable(.seaweedfs) }) struct TwoRegionTests {
    /// Both sides, and what tests do with them.
    final class Regions: Sendable {
        private let regions: ReplicatedRegions
        let http: CurlClient

        init() async throws {
            regions = try await ReplicatedRegions()
            http = try CurlClient()
        }

        func signal(_ part: ReplicatedRegions.Part, _ number: Int32) { regions.signal(part, number) }

        func site(_ name: String) -> Site {
            var settings = SiteSettings(name: name, bucket: "states")
            settings.access.endpoints.s3 = regions.endpoint(name == "primary" ? .primary : .dr)
            var configuration = S3Configuration(region: "us-east-1", endpoint: settings.access.endpoints.s3)
            configuration.retry.maxAttempts = 2
            let keys = StaticCredentials(AWSCredentials(accessKeyID: ReplicatedRegions.accessKeyID, secretAccessKey: ReplicatedRegions.secretAccessKey))
            return Site(settings: settings, bucket: S3Client(configuration, credentials: keys, http: http).bucket("states"))
        }

        func write(_ key: String, serials: ClosedRange<Int>, to site: String = "primary") async throws -> [String] {
            var ids: [String] = []
            for serial in serials { ids.append(try await self.site(site).bucket.putObject(key: key, ReplicationWorld.state(serial: serial)).versionID ?? "") }
            return ids
        }

        func check() async throws -> VerifyResult {
            try await ReplicationCheck(from: VerifySide(site("primary")), to: VerifySide(site("dr")), vault: nil, now: { .now() }).run()
        }

        /// Checks until it fits: replication takes its time.
        func check(until fits: (VerifyResult) -> Bool) async throws -> VerifyResult {
            var last = try await check()
            _ = try await regions.replicates {
                last = try await check()
                return fits(last)
            }
            return last
        }
    }

    /// filer.sync now and then leaves an older version current on the DR side, which is a finding of its own and not this test's.
    private static func isWhole(_ state: StateLedger) -> Bool {
        state.missing.isEmpty && state.different.isEmpty && state.unverified.isEmpty && state.extra.isEmpty && state.outOfOrder.isEmpty
    }

    private static func rules(_ result: VerifyResult) -> [String] { result.rules().filter { $0 != "replication.current-differs" } }

    @Test func lagOutageAndDivergenceAreProven() async throws {
        let regions = try await Regions()
        try await regions.site("primary").bucket.make(region: nil)
        _ = try await regions.write("network/terraform.tfstate", serials: 1...5)
        _ = try await regions.write("env:/blue/app/terraform.tfstate", serials: 1...3)
        _ = try await regions.write("a.tfstate", serials: 1...2)

        let inStep = try await regions.check { $0.problems.isEmpty && $0.states.count == 3 && $0.states.allSatisfy(Self.isWhole) }
        #expect(Self.rules(inStep).isEmpty && inStep.problems.isEmpty && inStep.states.map(\.replicated) == [2, 3, 5] && inStep.states.allSatisfy { $0.renamed == 0 }, "\(inStep.findings) \(inStep.problems)")

        regions.signal(.sync, SIGSTOP)
        let lost = try await regions.write("network/terraform.tfstate", serials: 6...12)
        let behind = try await regions.check()
        let state = try #require(behind.state("network/terraform.tfstate"))
        #expect(state.missing.map(\.version.versionID) == lost.reversed() && state.recoveryPoint.serial == 5 && state.recoveryPoint.versionsAtRisk == 7)
        #expect(state.loss?.serials == (6...12).reversed().map { UInt64($0) } && state.loss?.resourceCount == 7)
        #expect(Self.rules(behind) == ["replication.version-missing"] && behind.states.filter(Self.isWhole).count == 2)

        regions.signal(.sync, SIGCONT)
        let again = try await regions.check { $0.states.allSatisfy(Self.isWhole) }
        #expect(Self.rules(again).isEmpty && again.state("network/terraform.tfstate")?.recoveryPoint.serial == 12)

        let foreign = try await regions.write("a.tfstate", serials: 9...9, to: "dr")
        let versions = try #require(try await regions.site("dr").keys().first { $0.contains { $0.key.hasPrefix("env:") } }?.first { $0.key.hasPrefix("env:") }?.versions)
        _ = try await regions.site("dr").bucket.deleteObject(key: "env:/blue/app/terraform.tfstate", versionID: versions[1].versionID)
        let parted = try await regions.check()
        #expect(parted.state("a.tfstate")?.extra.map(\.version.versionID) == foreign && parted.state("a.tfstate")?.isOvergrown == true)
        #expect(parted.state("env:/blue/app/terraform.tfstate")?.missing.map(\.version.versionID) == [versions[1].versionID])
        #expect(parted.versionsAtRisk == 0 && Set(Self.rules(parted)) == ["replication.extra-version", "replication.version-missing"])

        regions.signal(.primary, SIGKILL)
        let dead = try await regions.check()
        #expect(dead.sourceOrigin == .nowhere && dead.replicaOrigin == .bucket && dead.problems.map(\.reference) == ["primary"])
    }
}
