import AWSIdentity
import Cryptography
import HTTPTransport
import S3
import Sites
import Snapshots
import TestSupport
import Testing
import Timestamps

@testable import Recovery

/// Who wrote what since a fence was set.
@Suite struct FencedHistoryTests {
    let world: FencedWorld

    init() throws { world = try FencedWorld() }

    @Test func nothingIsWrittenUntilSomebodyWrites() async throws {
        world.write(1...3)
        let fence = try await world.fence()
        let history = try await world.history(fence)
        #expect(history.primary.isEmpty && history.dr.isEmpty && !history.isSplit)
    }

    @Test func eachSidesOwnVersionsAreTold() async throws {
        world.write(1...3)
        let fence = try await world.fence()
        world.dr.put(FencedWorld.body(4), key: FencedWorld.key, bucket: "b", versionID: "dr-4")
        #expect(try await world.history(fence).dr.map(\.serial) == [4])
        #expect(try await world.history(fence).primary.isEmpty)
        world.primary.put(FencedWorld.body(4, "other"), key: FencedWorld.key, bucket: "b", versionID: "primary-4")
        let history = try await world.history(fence)
        #expect(history.isSplit && history.primary.map(\.serial) == [4] && history.dr.map(\.serial) == [4])
    }

    @Test func whatReplicationCarriesOverIsThePrimarysAlone() async throws {
        world.write(1...3)
        let fence = try await world.fence()
        world.write(4...4)
        let history = try await world.history(fence)
        #expect(history.primary.map(\.serial) == [4] && history.dr.isEmpty)
    }

    @Test func whatReplicationBringsBackIsTheDRSidesAlone() async throws {
        world.write(1...3)
        let fence = try await world.fence()
        world.dr.put(FencedWorld.body(4), key: FencedWorld.key, bucket: "b", versionID: "dr-4")
        world.primary.put(FencedWorld.body(4), key: FencedWorld.key, bucket: "b", versionID: "dr-4", replicationStatus: "REPLICA")
        let history = try await world.history(fence)
        #expect(history.primary.isEmpty)
    }

    @Test func lateReplicasOfOldVersionsAreNobodysWork() async throws {
        world.write(1...2)
        let id = world.primary.put(FencedWorld.body(3), key: FencedWorld.key, bucket: "b", versionID: "late")
        let fence = try await world.fence()
        world.dr.put(FencedWorld.body(3), key: FencedWorld.key, bucket: "b", versionID: id)
        // A server that gives ids of its own.
        world.dr.put(FencedWorld.body(3), key: FencedWorld.key, bucket: "b", versionID: "renamed")
        let history = try await world.history(fence)
        #expect(history.primary.isEmpty && history.dr.isEmpty)
    }

    @Test func whatAFailbackWroteIsKnownByItsBytes() async throws {
        world.write(1...3)
        var fence = try await world.fence()
        world.dr.put(FencedWorld.body(4), key: FencedWorld.key, bucket: "b", versionID: "dr-4")
        world.primary.put(FencedWorld.body(5), key: FencedWorld.key, bucket: "b", versionID: "home-5")
        #expect(try await world.history(fence).isSplit)
        fence.returning = FailoverFence.Return(serial: 5, sha256: SHA256.hash(Array(FencedWorld.text(5).utf8)).hex)
        #expect(try await world.history(fence).primary.isEmpty)
    }

    @Test func aDeletionBehindTheFenceIsAWrite() async throws {
        world.write(1...3)
        let fence = try await world.fence()
        world.primary.put(nil, key: FencedWorld.key, bucket: "b")
        #expect(try await world.history(fence).primary.map(\.isDeleteMarker) == [true])
    }

    @Test func withoutAVersionTheTimeDecides() async throws {
        world.write(1...3)
        var fence = try await world.fence()
        fence.from.versionID = nil
        fence.created = Timestamp(seconds: FencedWorld.start + 100)
        world.primary.put(FencedWorld.body(4), key: FencedWorld.key, bucket: "b", versionID: "before", modified: FencedWorld.start + 99)
        #expect(try await world.history(fence).primary.isEmpty)
        world.primary.put(FencedWorld.body(5), key: FencedWorld.key, bucket: "b", versionID: "after", modified: FencedWorld.start + 100)
        #expect(try await world.history(fence).primary.map(\.versionID) == ["after"])
    }

    @Test func whatWasCarriedOverInTheSecondOfTheFenceIsNobodysWork() async throws {
        world.write(1...1)
        // A busy second: two versions, their replicas under ids of the server's own, and the fence.
        for serial in 2...3 {
            world.primary.put(FencedWorld.body(serial), key: FencedWorld.key, bucket: "b", versionID: "p\(serial)", modified: FencedWorld.start + 9)
            world.dr.put(FencedWorld.body(serial), key: FencedWorld.key, bucket: "b", versionID: "d\(serial)", modified: FencedWorld.start + 9)
        }
        var fence = try await world.fence()
        fence.from.versionID = nil
        fence.created = Timestamp(seconds: FencedWorld.start + 9)
        #expect(try await world.history(fence).primary.isEmpty)
        world.primary.put(FencedWorld.body(4), key: FencedWorld.key, bucket: "b", versionID: "p4", modified: FencedWorld.start + 9)
        #expect(try await world.history(fence).primary.map(\.versionID) == ["p4"])
        // What comes over after the fence may be of a writer behind it.
        world.dr.put(FencedWorld.body(4), key: FencedWorld.key, bucket: "b", versionID: "d4", modified: FencedWorld.start + 9)
        #expect(try await world.history(fence).primary.map(\.versionID) == ["p4"])
    }

    @Test func aFenceIsReadBackAsItWasWrittenAndStrangersAreNone() async throws {
        world.write(1...1)
        var fence = try await world.fence()
        fence.lockID = "41564fba-e6c5-5e89-534f-b53733281637"
        fence.ended = FailoverFence.End(time: Timestamp(seconds: 5), who: "ann", kept: "dr")
        #expect(FailoverFence(json: try fence.json) == fence && !fence.isActive)
        #expect(FailoverFence(json: Array("{}".utf8)) == nil && FailoverFence(json: Array(FencedWorld.text(1).utf8)) == nil)
        let store = FenceStore(site: world.site("dr", world.dr))
        try await store.write(fence, over: nil)
        #expect(try await store.read(FencedWorld.key)?.fence == fence)
        var other = fence
        other.id = "somebody else's"
        await #expect(throws: FailoverError.self) { try await store.write(other, over: nil) }
        #expect(try await store.all() == [fence])
    }
}

/// Two buckets of one key.
final class FencedWorld: Sendable {
    let primary: S3StandIn
    let dr: S3StandIn
    private let http: CurlClient
    static let key = "net/terraform.tfstate"
    static let start: Int64 = 1_800_000_000

    init() throws {
        (primary, dr, http) = (try S3StandIn(), try S3StandIn(), try CurlClient())
        primary.createBucket("b")
        dr.createBucket("b")
    }

    deinit { http.shutdown() }

    static func text(_ serial: Int, _ output: String = "x") -> String {
        #"{"version": 4, "terraform_version": "1.11.4", "serial": \#(serial), "lineage": "l", "outputs": {"o": {"value": "\#(output)", "type": "string"}}, "resources": [], "check_results": null}"#
    }

    static func body(_ serial: Int, _ output: String = "x") -> S3StandIn.Body { S3StandIn.Body(text(serial, output)) }

    /// Writes on the primary side, and copies as AWS does.
    func write(_ serials: ClosedRange<Int>) {
        for serial in serials {
            let id = primary.put(Self.body(serial), key: Self.key, bucket: "b", modified: Self.start + Int64(serial))
            dr.put(Self.body(serial), key: Self.key, bucket: "b", versionID: id, modified: Self.start + Int64(serial))
        }
    }

    func site(_ name: String, _ server: S3StandIn) -> Site {
        var settings = SiteSettings(name: name, bucket: "b")
        settings.access.endpoints.s3 = server.url
        let keys = StaticCredentials(AWSCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret"))
        return Site(settings: settings, bucket: S3Client(S3Configuration(region: "us-east-1", endpoint: server.url), credentials: keys, http: http).bucket("b"))
    }

    private var catalog: StateCatalog { StateCatalog(sites: [site("primary", primary), site("dr", dr)], vault: nil, now: { Timestamp(seconds: Self.start) }) }

    /// A fence of this moment.
    func fence() async throws -> FailoverFence {
        let sites = (site("primary", primary), site("dr", dr))
        var fence = FailoverFence(
            id: "1", key: Self.key, from: FailoverFence.Side(sites.0.settings), to: FailoverFence.Side(sites.1.settings), created: Timestamp(seconds: Self.start + 50), who: "ann", tool: "test")
        fence.from.versionID = try await sites.0.bucket.headObject(key: Self.key).versionID
        fence.to.versionID = try await sites.1.bucket.headObject(key: Self.key).versionID
        return fence
    }

    func history(_ fence: FailoverFence) async throws -> FencedHistory {
        let catalog = catalog
        return try await FencedHistory(
            fence, primary: catalog.listing(of: Self.key, at: "primary"), dr: catalog.listing(of: Self.key, at: "dr"), from: site("primary", primary), catalog: catalog)
    }
}
