import Findings
import S3
import Snapshots
import Sites
import TestSupport
import Testing
import Timestamps
import Vault

@testable import Replication

/// One side or both do not answer; and what runs remember.
@Suite struct OutageTests {
    static func snapshot(_ world: ReplicationWorld) async throws {
        let sites = [world.site("primary", world.primary.url, "states").site, world.site("dr", world.dr.url, "states-dr").site].compactMap(\.self)
        _ = try await SnapshotRun(sites: sites, vault: world.vault, options: SnapshotOptions(), tool: "test", now: { world.now }).run(progress: { _ in })
    }

    @Test func aDeadPrimaryIsToldFromTheVault() async throws {
        let world = try await ReplicationWorld()
        world.write("a.tfstate", serials: 1...3)
        world.write("a.tfstate", serials: 4...5, replicates: false)
        try await Self.snapshot(world)
        _ = try await world.check(vault: world.vault)
        world.primary.inject(.internalError)
        let result = try await world.check(vault: world.vault)
        let state = try #require(result.state("a.tfstate"))
        #expect(state.recoveryPoint.serial == 3 && state.recoveryPoint.versionsAtRisk == 2 && state.loss?.serials == [5, 4])
        #expect(state.loss?.resources.map(\.address) == ["aws_instance.web[3]", "aws_instance.web[4]"])
        guard case .vault = result.sourceOrigin else { Issue.record("\(result.sourceOrigin)"); return }
        #expect(result.replicaOrigin == .bucket && result.problems.map(\.reference) == ["primary"])
        #expect(result.rules().contains("replication.missing-at-last-run"))
    }

    @Test func whatArrivedAfterTheSnapshotIsNoAlarm() async throws {
        let world = try await ReplicationWorld()
        world.write("a.tfstate", serials: 1...3)
        try await Self.snapshot(world)
        world.pass(seconds: 7200)
        world.write("a.tfstate", serials: 4...4, age: 60)
        world.primary.inject(.internalError)
        let result = try await world.check(vault: world.vault)
        let state = try #require(result.state("a.tfstate"))
        #expect(state.extra.map(\.cause) == [.newerThanSnapshot] && state.recoveryPoint.serial == 4 && state.recoveryPoint.versionsAtRisk == 0)
        #expect(result.rules().isEmpty)
    }

    @Test func aDeadDRSideIsComparedWithTheVaultsViewOfIt() async throws {
        let world = try await ReplicationWorld()
        world.write("a.tfstate", serials: 1...3)
        try await Self.snapshot(world)
        world.write("a.tfstate", serials: 4...4, replicates: false)
        world.dr.inject(.internalError)
        let result = try await world.check(vault: world.vault)
        #expect(result.state("a.tfstate")?.recoveryPoint.versionsAtRisk == 1 && result.problems.map(\.reference) == ["dr"])
        #expect(result.sourceOrigin == .bucket)
    }

    @Test func withoutAVaultTheOtherSideIsStillListed() async throws {
        let world = try await ReplicationWorld()
        world.write("a.tfstate", serials: 1...3)
        world.primary.inject(.accessDenied)
        let result = try await world.check()
        #expect(result.sourceOrigin == .nowhere && result.replicaOrigin == .bucket && result.problems.map(\.reference) == ["primary"] && result.states.count == 1)
        #expect(!result.rules().contains("replication.extra-version"))
    }

    @Test func bothSidesFailWithTheirOwnErrors() async throws {
        let world = try await ReplicationWorld()
        world.primary.inject(.accessDenied)
        world.dr.inject(.expiredToken)
        let result = try await world.check()
        #expect(Set(result.problems.map(\.reference)) == ["primary", "dr"] && result.isEmptyHanded)
        #expect(result.problems.first { $0.reference == "dr" }?.message.contains("ExpiredToken") == true)
    }

    @Test func laterRunsKnowTheLag() async throws {
        let world = try await ReplicationWorld()
        world.write("a.tfstate", serials: 1...2)
        #expect(try await world.check(vault: world.vault).lag == nil)
        // Written now, seen missing a minute later, seen there after five.
        let ids = world.write("a.tfstate", serials: 3...3, replicates: false, age: 3)
        world.pass(seconds: 60)
        #expect(try await world.check(vault: world.vault).lag == nil)
        world.pass(seconds: 240)
        world.dr.put(S3StandIn.Body(ReplicationWorld.state(serial: 3)), key: "a.tfstate", bucket: "states-dr", versionID: ids[0], modified: ReplicationWorld.start)
        world.write("b.tfstate", serials: 1...1, age: 30)
        let lag = try #require(try await world.check(vault: world.vault).lag)
        #expect(lag.samples == 2 && lag.maximum == 300 && lag.median == 29 && lag.provenMaximum == 60)
        let notes = try await world.storage.list(.replication)
        #expect(notes.objects.count == 3 && notes.strangers.isEmpty)
        // A damaged note is passed over, and nothing of it disturbs the vault.
        let first = try #require(notes.objects.map(\.name).min())
        world.storage.overwrite(first, [1, 2, 3])
        #expect(try await world.vault.observations(newest: 10).damaged == 1)
        #expect(try await world.vault.check(.readAllData).isSound)
    }

    @Test func theManifestNamesEveryMissingVersionForS3BatchReplication() async throws {
        let world = try await ReplicationWorld()
        let ids = world.write("env:/a b/ü,x.tfstate", serials: 1...2, replicates: false)
        let marker = world.primary.put(nil, key: "env:/a b/ü,x.tfstate", bucket: "states")
        world.write("b.tfstate", serials: 1...2)
        let manifest = BatchManifest(bucket: "states", states: try await world.check().states)
        #expect(manifest.text == (ids + [marker]).map { "states,env%3A/a%20b/%C3%BC%2Cx.tfstate,\($0)\n" }.joined() && manifest.versions == 3 && manifest.deleteMarkers == 1)
    }

    /// The user guide: a batch job replicates delete markers as the rules do, and brings back nothing that was deleted by version id.
    @Test func theManifestLeavesOutWhatTheJobWouldRefuse() async throws {
        let world = try await ReplicationWorld()
        world.setRules(ReplicationWorld.rule(deleteMarkers: false))
        world.write("a.tfstate", serials: 1...2)
        world.primary.put(nil, key: "a.tfstate", bucket: "states")
        let ids = world.write("b.tfstate", serials: 1...3)
        world.dr.remove(ids[1], of: "b.tfstate", in: "states-dr")
        let result = try await world.check(isOwnServer: false)
        let manifest = BatchManifest(bucket: "states", states: result.states)
        #expect(manifest.text.isEmpty && manifest.versions == 0 && manifest.deleteMarkersLeftOut == 1 && manifest.deletedThereLeftOut == 1)
        let finding = try #require(result.findings.first { $0.ruleID == "replication.completed-but-absent" })
        #expect(finding.remedy?.contains("--copy-missing") == true && finding.remedy?.contains("--batch-manifest") == false)
    }

    @Test func notesOfOldRunsAreDeleted() async throws {
        let world = try await ReplicationWorld()
        world.write("a.tfstate", serials: 1...1)
        for place in 0..<ReplicationCheck.observationLimit { try await world.vault.addObservation([1, UInt8(place % 250), UInt8(place / 250)], at: Timestamp(seconds: 1_000 + Int64(place))) }
        _ = try await world.check(vault: world.vault)
        let names = try await world.storage.list(.replication).objects.map(\.name.name).sorted()
        #expect(names.count == ReplicationCheck.observationLimit && names.first?.hasPrefix("0000000001001000000000-") == true && names.last?.hasPrefix("0001800000000000000000-") == true)
    }

    @Test func currentVersionsAreCopiedUnderNewIDsAndNeverOverOthers() async throws {
        let world = try await ReplicationWorld()
        world.write("a.tfstate", serials: 1...1)
        world.write("a.tfstate", serials: 2...4, replicates: false)
        world.write("new.tfstate", serials: 1...1, replicates: false)
        world.write("parted.tfstate", serials: 1...2, replicates: false)
        world.dr.put(S3StandIn.Body(ReplicationWorld.state(serial: 7)), key: "parted.tfstate", bucket: "states-dr", versionID: "own")
        // The stand-ins count their ids: theirs shall not be ours.
        world.dr.load((0..<50).map { ("noise-\($0).log", S3StandIn.Body("noise")) }, into: "states-dr")
        let sides = (world.site("primary", world.primary.url, "states").site, world.site("dr", world.dr.url, "states-dr").site)
        let copy = MissingCopy(from: try #require(sides.0), to: try #require(sides.1))
        let states = try await world.check().states
        world.dr.forgetRequests()
        let planned = try await copy.run(states, isDryRun: true)
        #expect(planned.map(\.key) == ["a.tfstate", "new.tfstate", "parted.tfstate"] && world.dr.requests.isEmpty)
        let done = try await copy.run(states, isDryRun: false)
        guard case .copied(let id?) = done[0].outcome, case .copied = done[1].outcome, case .skipped = done[2].outcome else { Issue.record("\(done)"); return }
        #expect(world.dr.versions(of: "a.tfstate", in: "states-dr").last?.id == id && world.dr.versions(of: "parted.tfstate", in: "states-dr").count == 1)
        let after = try #require(try await world.check().state("a.tfstate"))
        #expect(after.missing.count == 2 && after.recoveryPoint.versionsAtRisk == 0 && after.recoveryPoint.replicaID == id && after.recoveryPoint.serial == 4)
    }
}
