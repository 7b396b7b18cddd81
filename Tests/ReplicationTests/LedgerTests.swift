import Findings
import S3
import Sites
import TestSupport
import Testing
import Timestamps

@testable import Replication

/// The ledger against a stand-in that speaks AWS exactly.
@Suite struct LedgerTests {
    @Test func inStepNeedsTheListingsAlone() async throws {
        let world = try await ReplicationWorld()
        world.setRules(ReplicationWorld.rule())
        for index in 0..<40 { world.write("s\(index).tfstate", serials: 1...5) }
        let result = try await world.check()
        #expect(result.states.count == 40 && result.states.allSatisfy { $0.isInStep && $0.replicated == 5 && $0.recoveryPoint.versionsAtRisk == 0 })
        #expect(result.rules().isEmpty && result.problems.isEmpty)
        #expect(world.heads == 0 && !world.primary.requests.contains { $0.operation == .getObject })
    }

    @Test func fewStatesInStepTellTheirSerial() async throws {
        let world = try await ReplicationWorld()
        world.write("a.tfstate", serials: 1...5)
        let point = try #require(try await world.check().state("a.tfstate")?.recoveryPoint)
        #expect(point.serial == 5 && point.versionsAtRisk == 0 && point.oldestAtRisk == nil)
    }

    @Test func aStoppedReplicationIsMeasuredExactly() async throws {
        let world = try await ReplicationWorld()
        world.write("a.tfstate", serials: 1...3)
        let ids = world.write("a.tfstate", serials: 4...10, replicates: false, age: 600)
        world.write("b.tfstate", serials: 1...2)
        let result = try await world.check(VerifyOptions(recoveryPoint: .seconds(300)))
        let state = try #require(result.state("a.tfstate"))
        #expect(state.missing.map(\.version.versionID) == ids.reversed() && state.missing.map(\.serial) == (4...10).reversed().map { UInt64($0) })
        #expect(state.versions == 10 && state.replicated == 3 && state.recoveryPoint.serial == 3 && state.recoveryPoint.versionsAtRisk == 7)
        #expect(state.recoveryPoint.exposure(at: result.time) == .seconds(596))
        #expect(state.loss?.serials == (4...10).reversed().map { UInt64($0) })
        #expect(state.loss?.resources.map(\.address).sorted() == (3...9).map { "aws_instance.web[\($0)]" } && state.loss?.resourceCount == 7)
        #expect(result.rules().contains("replication.version-missing") && result.rules().contains("replication.recovery-point-exceeded"))
        #expect(result.state("b.tfstate")?.isInStep == true && result.versionsAtRisk == 7 && result.statesAtRisk == 1)
    }

    @Test func theStatusSaysWhy() async throws {
        let world = try await ReplicationWorld()
        world.setRules(ReplicationWorld.rule(prefix: "prod/"))
        world.write("prod/pending.tfstate", serials: 1...2)
        world.write("prod/pending.tfstate", serials: 3...3, replicates: false, status: "PENDING", age: 60)
        world.write("prod/stuck.tfstate", serials: 1...1, replicates: false, status: "PENDING", age: 86_400)
        world.write("prod/failed.tfstate", serials: 1...1, replicates: false, status: "FAILED")
        world.write("prod/old.tfstate", serials: 1...2, replicates: false)
        world.write("prod/old.tfstate", serials: 3...3)
        world.write("prod/gone.tfstate", serials: 1...1, replicates: false, status: "COMPLETED")
        world.write("prod/chain.tfstate", serials: 1...1, replicates: false, status: "REPLICA")
        world.write("stage/a.tfstate", serials: 1...1, replicates: false)
        let result = try await world.check(isOwnServer: false)
        func causes(_ key: String) -> [LedgerLine.Cause]? { result.state(key)?.missing.map(\.cause) }
        #expect(causes("prod/pending.tfstate") == [.pending] && result.state("prod/pending.tfstate")?.pending == 1)
        #expect(causes("prod/failed.tfstate") == [.failed] && result.state("prod/failed.tfstate")?.failed == 1)
        #expect(causes("prod/old.tfstate") == [.olderThanRule, .olderThanRule] && result.state("prod/old.tfstate")?.recoveryPoint.versionsAtRisk == 0)
        #expect(causes("prod/gone.tfstate") == [.completedButAbsent] && causes("prod/chain.tfstate") == [.isReplica] && causes("stage/a.tfstate") == [.notCovered])
        let pending = result.findings.filter { $0.ruleID == "replication.pending" }
        #expect(pending.map(\.severity.rawValue) == ["high", "medium"] && pending.first?.subject == "primary:prod/stuck.tfstate" && pending.first?.message.contains("PENDING for up to 23 h") == true)
        #expect(Set(result.rules()).isSuperset(of: ["replication.failed", "replication.older-than-rule", "replication.completed-but-absent", "replication.replica-of-replica", "replication.version-not-covered", "replication.prefix-not-covered", "replication.state-missing"]))
    }

    @Test func newIDsAreMatchedByContentTimeAndOrder() async throws {
        let world = try await ReplicationWorld()
        for (place, serial) in [1, 2, 1, 3].enumerated() {
            let body = S3StandIn.Body(ReplicationWorld.state(serial: serial))
            world.primary.put(body, key: "a.tfstate", bucket: "states", modified: 1_000)
            world.dr.put(body, key: "a.tfstate", bucket: "states-dr", versionID: "copy-\(place)", modified: 1_000)
        }
        world.primary.put(nil, key: "a.tfstate", bucket: "states", modified: 1_001)
        world.dr.put(nil, key: "a.tfstate", bucket: "states-dr", versionID: "copy-marker", modified: 1_009)
        let state = try #require(try await world.check().state("a.tfstate"))
        #expect(state.isInStep && state.replicated == 5 && state.renamed == 5 && state.deleteMarkers == 1 && world.heads == 0)
    }

    @Test func anEncryptedReplicaWithAnotherETagIsNoFalseAlarm() async throws {
        let world = try await ReplicationWorld()
        let id = try #require(world.write("a.tfstate", serials: 1...1).first)
        let other = try #require(world.write("b.tfstate", serials: 1...1).first)
        for (key, id) in [("a.tfstate", id), ("b.tfstate", other)] {
            world.dr.change(id, of: key, in: "states-dr") {
                $0.etagOverride = "0123456789abcdef0123456789abcdef"
                $0.headers = [("x-amz-server-side-encryption", "aws:kms")]
                // Without a checksum that both sides keep, the bytes decide.
                if key == "b.tfstate" { $0.checksum = nil }
            }
        }
        let result = try await world.check()
        #expect(result.states.allSatisfy { $0.isInStep && $0.replicated == 1 } && result.rules().isEmpty)
        #expect(world.dr.requests.contains { $0.operation == .getObject && $0.key == "b.tfstate" } && !world.dr.requests.contains { $0.operation == .getObject && $0.key == "a.tfstate" && $0.header("range") == nil })
    }

    @Test func sameIDWithOtherContentIsFound() async throws {
        let world = try await ReplicationWorld()
        let ids = world.write("a.tfstate", serials: 1...2)
        world.dr.remove(ids[1], of: "a.tfstate", in: "states-dr")
        var forged = ReplicationWorld.state(serial: 2)
        forged[forged.count - 20] = UInt8(ascii: "x")
        world.dr.put(S3StandIn.Body(forged), key: "a.tfstate", bucket: "states-dr", versionID: ids[1])
        let result = try await world.check()
        #expect(result.state("a.tfstate")?.different.map(\.version.versionID) == [ids[1]] && result.state("a.tfstate")?.recoveryPoint.versionID == ids[0])
        #expect(result.rules().first == "replication.version-different")
    }

    @Test func deepComparisonFindsWhatTheListingHides() async throws {
        let world = try await ReplicationWorld()
        let ids = world.write("a.tfstate", serials: 1...2)
        let honest = ReplicationWorld.state(serial: 2)
        var forged = honest
        forged[forged.count - 20] = UInt8(ascii: "x")
        world.dr.remove(ids[1], of: "a.tfstate", in: "states-dr")
        world.dr.put(S3StandIn.Body(forged), key: "a.tfstate", bucket: "states-dr", versionID: ids[1], modified: world.now.seconds - 3598, checksum: nil)
        world.dr.change(ids[1], of: "a.tfstate", in: "states-dr") {
            $0.etagOverride = S3StandIn.Body(honest).etag
            $0.headers = [("x-amz-server-side-encryption", "aws:kms")]
        }
        #expect(try await world.check().state("a.tfstate")?.isInStep == true)
        let deep = try await world.check(VerifyOptions(comparesBytes: true))
        #expect(deep.state("a.tfstate")?.different.map(\.version.versionID) == [ids[1]])
    }

    @Test func aWriteOnTheDRSideAndADeletionOnThePrimaryAreToldApart() async throws {
        let world = try await ReplicationWorld()
        world.setRules(ReplicationWorld.rule())
        world.write("a.tfstate", serials: 1...3)
        let written = world.dr.put(S3StandIn.Body(ReplicationWorld.state(serial: 9)), key: "a.tfstate", bucket: "states-dr", versionID: "written-there")
        let ids = world.write("b.tfstate", serials: 1...3)
        world.primary.remove(ids[1], of: "b.tfstate", in: "states")
        let c = world.write("c.tfstate", serials: 1...3)
        world.dr.remove(c[1], of: "c.tfstate", in: "states-dr")
        let result = try await world.check()
        let a = try #require(result.state("a.tfstate"))
        #expect(a.extra.map(\.version.versionID) == [written] && a.isOvergrown && a.recoveryPoint.versionsAtRisk == 0)
        #expect(result.state("b.tfstate")?.extra.map(\.cause) == [.deletedOnPrimary])
        #expect(result.state("c.tfstate")?.missing.map(\.cause) == [.completedButAbsent] && result.state("c.tfstate")?.recoveryPoint.versionID == c[2])
        #expect(Set(result.rules()) == ["replication.extra-version", "replication.deleted-on-primary", "replication.completed-but-absent"])
    }

    @Test func anotherOrderIsAConflict() async throws {
        let world = try await ReplicationWorld()
        let bodies = (1...3).map { S3StandIn.Body(ReplicationWorld.state(serial: $0)) }
        for (id, body) in zip(["v1", "v2", "v3"], bodies) { world.primary.put(body, key: "a.tfstate", bucket: "states", versionID: id, modified: 5) }
        for (id, body) in [("v1", bodies[0]), ("v3", bodies[2]), ("v2", bodies[1])] { world.dr.put(body, key: "a.tfstate", bucket: "states-dr", versionID: id, modified: 5) }
        let result = try await world.check()
        #expect(result.state("a.tfstate")?.outOfOrder.count == 1 && Set(result.rules()) == ["replication.order-conflict", "replication.current-differs"])
    }

    /// Seen with SeaweedFS's filer.sync: all versions there, and an older one current.
    @Test func anOldVersionThatIsCurrentThereIsFound() throws {
        func version(_ id: String, isLatest: Bool) -> S3ObjectVersion {
            S3ObjectVersion(key: "a", versionID: id, isLatest: isLatest, lastModified: Timestamp(seconds: 1), etag: id, size: 1)
        }
        let source = [version("2", isLatest: true), version("1", isLatest: false)]
        let replica = [version("2", isLatest: false), version("1", isLatest: true)]
        #expect(!VersionPairing.isInStep(source, replica))
        let ledger = OpenState(key: "a", source: source, replica: replica).ledger(KeyCoverage())
        #expect(ledger.staleCurrent == "1" && !ledger.isInStep && ledger.replicated == 2)
        let judge = LedgerFindings(from: "primary", to: "dr", now: Timestamp(seconds: 9), objective: nil, isFromVault: false)
        #expect(judge.findings(of: ledger).map(\.ruleID) == ["replication.current-differs"])
    }

    @Test func deleteMarkersFollowTheRules() async throws {
        let world = try await ReplicationWorld()
        world.setRules(ReplicationWorld.rule(deleteMarkers: false))
        world.write("a.tfstate", serials: 1...2)
        world.primary.put(nil, key: "a.tfstate", bucket: "states")
        let without = try await world.check(isOwnServer: false)
        #expect(without.state("a.tfstate")?.missing.map(\.cause) == [.deleteMarkerByRule] && without.state("a.tfstate")?.recoveryPoint.versionsAtRisk == 0)
        #expect(without.rules() == ["replication.state-lives-on"])
        world.setRules(ReplicationWorld.rule())
        let with = try await world.check(isOwnServer: false)
        #expect(with.state("a.tfstate")?.missing.map(\.cause) == [.unknown] && with.state("a.tfstate")?.recoveryPoint.versionsAtRisk == 1 && with.rules().contains("replication.version-missing"))
    }

    @Test func aSiteWithPrefixIsListedInTheOrderOfItsPrefixes() async throws {
        let order = KeyOrder(StateLayout(prefix: "prod/"))
        #expect(order.precedes("prod/z", "env:/a") && !order.precedes("env:/a", "prod/z") && order.precedes("prod/a", "prod/b"))
        let world = try await ReplicationWorld()
        for key in ["prod/a.tfstate", "prod/z.tfstate", "env:/blue/prod/a.tfstate", "stage/a.tfstate"] { world.write(key, serials: 1...2) }
        world.write("env:/red/prod/a.tfstate", serials: 1...1, replicates: false)
        let result = try await world.check { $0.prefix = "prod/" }
        #expect(result.states.map(\.key) == ["env:/blue/prod/a.tfstate", "env:/red/prod/a.tfstate", "prod/a.tfstate", "prod/z.tfstate"])
        #expect(result.states.filter { !$0.isInStep }.map(\.key) == ["env:/red/prod/a.tfstate"])
    }

    /// SeaweedFS walks folders: `a/x` comes before `a.b`, though `.` sorts before `/`.
    @Test func listingsInAnOrderOfTheirOwnAreMatchedAllTheSame() async throws {
        func key(_ name: String) -> KeyVersions {
            KeyVersions(key: name, versions: [S3ObjectVersion(key: name, versionID: "1", isLatest: true, lastModified: Timestamp(seconds: 1), etag: "x", size: 1)])
        }
        let feeds = ([["a/x", "a.b", "c"]], [["a/x"], ["a.b", "d"]])
        let merge = KeyMerge(
            source: .scripted(feeds.0.map { $0.map(key) }), replica: .scripted(feeds.1.map { $0.map(key) }), order: KeyOrder(StateLayout()))
        var seen: [String] = []
        await #expect(throws: KeyMerge.Unsorted.self) { try await merge.inStep { _, _ in } }
        try await merge.throughTable { ours, theirs in seen.append("\(ours?.key ?? "-") \(theirs?.key ?? "-")") }
        #expect(seen == ["a.b a.b", "a/x a/x", "c -", "- d"])
    }

    @Test func refusedHeadsAreSaidOnceAndLeaveTheRest() async throws {
        let world = try await ReplicationWorld()
        world.write("a.tfstate", serials: 1...2)
        world.write("a.tfstate", serials: 3...8, replicates: false)
        world.primary.inject(.accessDenied) { $0.operation == .headObject }
        let result = try await world.check()
        #expect(result.state("a.tfstate")?.missing.map(\.cause) == Array(repeating: .unreadable, count: 6))
        #expect(result.problems.count == 1 && result.problems.first?.reference == "primary" && result.problems.first?.hint?.contains("s3:GetObjectVersion") == true)
        #expect(result.rules().contains("replication.version-missing"))
    }
}
