import S3
import Synchronization
import TestSupport
import Testing

@testable import Replication

/// `--deep`: bytes of every version, a batch at a time.
@Suite struct DeepTests {
    @Test func everyVersionIsComparedInBatchesAndAForgeryInTheFirstIsFound() async throws {
        let world = try await ReplicationWorld()
        let bodies = (1...10).map { S3StandIn.Body(ReplicationWorld.state(serial: $0)) }
        let versions = (0..<150).flatMap { state in bodies.map { (key: "s\(String(1000 + state)).tfstate", body: Optional($0)) } }
        world.primary.load(versions, into: "states")
        world.dr.load(versions, into: "states-dr")
        let forged = try #require(world.dr.versions(of: "s1003.tfstate", in: "states-dr").last)
        var bytes = ReplicationWorld.state(serial: 10)
        bytes[bytes.count - 20] = UInt8(ascii: "x")
        world.dr.remove(forged.id, of: "s1003.tfstate", in: "states-dr")
        world.dr.put(S3StandIn.Body(bytes), key: "s1003.tfstate", bucket: "states-dr", versionID: forged.id, modified: forged.modified, checksum: nil)
        world.dr.change(forged.id, of: "s1003.tfstate", in: "states-dr") {
            $0.etagOverride = bodies[9].etag
            $0.headers = [("x-amz-server-side-encryption", "aws:kms")]
        }
        let seen = Mutex<[VerifyProgress]>([])
        let result = try await ReplicationCheck(
            from: world.site("primary", world.primary.url, "states"), to: world.site("dr", world.dr.url, "states-dr"), vault: nil,
            options: VerifyOptions(comparesBytes: true), now: { world.now }
        ).run { progress in seen.withLock { $0.append(progress) } }
        #expect(result.states.count == 150 && result.states.filter { !$0.isInStep }.map(\.key) == ["s1003.tfstate"])
        #expect(result.state("s1003.tfstate")?.different.map(\.version.versionID) == [forged.id])
        // The first batch is compared before the listing has come to its end.
        let steps = seen.withLock { $0 }
        let firstComparison = try #require(steps.firstIndex { $0.phase == .comparing })
        let lastListing = try #require(steps.lastIndex { $0.phase == .listing })
        #expect(firstComparison < lastListing && steps.last { $0.phase == .comparing }?.done == 1_500)
    }
}
