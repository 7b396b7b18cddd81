import Foundation
import TestSupport
import Testing

/// `tfguard failback`, and what a failover means to the other commands: the binary against two stand-ins of S3.
@Suite struct FailbackCommandTests {
    let world: TwoRegions

    init() throws { world = try TwoRegions() }

    /// A failover during an outage, one write on the DR side, and the primary region back.
    private func failOver(serials: ClosedRange<Int> = 1...3) async throws {
        world.write(serials)
        world.killPrimary()
        let over = try await world.run("failover", "primary", "dr", "--yes")
        #expect(over.status == 0, "\(over.errors)")
        world.primary.removeFaults()
    }

    private func writeOnDR(_ serial: Int) {
        world.dr.put(S3StandIn.Body(SampleVault.state(serial: serial)), key: TwoRegions.key, bucket: "states-dr", versionID: "written-on-dr-\(serial)")
    }

    @Test func aDryRunAnnouncesExactlyWhatIsWrittenLater() async throws {
        try await failOver()
        writeOnDR(4)
        world.primary.forgetRequests()
        world.dr.forgetRequests()
        let dry = try await world.run("failback", "primary", "dr", "--dry-run", "--json")
        #expect(dry.status == 0, "\(dry.errors)")
        #expect(TwoRegions.writes(world.primary).isEmpty && TwoRegions.writes(world.dr).isEmpty)
        let state = try #require(try dry.failoverStates.first)
        #expect(state["serial"] as? Int == 4 && state["new_serial"] as? Int == 5)
        let done = try await world.run("failback", "primary", "dr", "--yes", "--json")
        #expect(done.status == 0, "\(done.errors)")
        #expect(try dry.announcedWrites.sorted() == (TwoRegions.writes(world.primary) + TwoRegions.writes(world.dr)).sorted(), "nothing hidden")
        let shown = try await world.run("show", "primary:net", "--json")
        #expect(try shown.document["serial"] as? Int == 5)
        let before = (TwoRegions.writes(world.primary) + TwoRegions.writes(world.dr)).count
        let again = try await world.run("failback", "primary", "dr", "--yes", "--json")
        #expect(try again.status == 0 && again.failoverStates.isEmpty, "\(again.errors)")
        #expect((TwoRegions.writes(world.primary) + TwoRegions.writes(world.dr)).count == before)
    }

    @Test func whatWasNotWrittenOnTheDRSideIsNotCopied() async throws {
        try await failOver()
        let done = try await world.run("failback", "primary", "dr", "--yes", "--json")
        #expect(done.status == 0, "\(done.errors)")
        #expect(TwoRegions.writes(world.primary).isEmpty)
        #expect(world.primary.versions(of: TwoRegions.key, in: "states").count == 3)
    }

    @Test func somebodyAtWorkOnEitherSideIsWaitedFor() async throws {
        try await failOver()
        writeOnDR(4)
        world.putLock(id: "41564fba-e6c5-5e89-534f-b53733281637", path: "states-dr/net/terraform.tfstate")
        let refused = try await world.run("failback", "primary", "dr", "--yes")
        #expect(refused.status == 11 && refused.errors.contains("tfguard unlock dr:net/terraform.tfstate --id 41564fba-e6c5-5e89-534f-b53733281637"), "\(refused.errors)")
        #expect(TwoRegions.writes(world.primary).isEmpty)
    }

    @Test func aStateThatWasMadeOnTheDRSideIsToldAndComesHomeWhenItIsNamed() async throws {
        try await failOver()
        world.dr.put(S3StandIn.Body(SampleVault.state(serial: 1)), key: "new/terraform.tfstate", bucket: "states-dr")
        let dry = try await world.run("failback", "primary", "dr", "--dry-run", "--json")
        let cautions = try #require(try dry.document["cautions"] as? [String])
        #expect(cautions.contains { $0.contains("tfguard failback primary dr new/terraform.tfstate") }, "\(cautions)")
        let done = try await world.run("failback", "primary", "dr", "new", "--yes", "--json")
        #expect(done.status == 0, "\(done.errors)")
        #expect(world.primary.versions(of: "new/terraform.tfstate", in: "states").count == 1)
        let unknown = try await world.run("failback", "primary", "dr", "nowhere", "--yes")
        #expect(unknown.status == 1, "\(unknown.errors)")
    }

    @Test func theOtherDirectionIsRefusedWhileAFailoverGoesOn() async throws {
        try await failOver()
        let reversed = try await world.run("failover", "dr", "primary", "--dry-run", "--while-primary-answers")
        #expect(reversed.status == 1 && reversed.errors.contains("goes on already"), "\(reversed.errors)")
    }

    @Test func theReplicatedCopyOfTheFailoversLockIsNamedAndRemovedByTheSameCommand() async throws {
        world.write(1...2)
        #expect(try await world.run("failover", "primary", "dr", "--yes", "--while-primary-answers", "--wait", "1").status == 0)
        let lock = try #require(world.primary.versions(of: TwoRegions.key + ".tflock", in: "states").last?.body)
        world.dr.put(lock, key: TwoRegions.key + ".tflock", bucket: "states-dr")
        let sick = try await world.run("doctor", "dr", "--json")
        #expect(sick.output.contains("lock.failover-replica") && sick.output.contains("state.failed-over"), "\(sick.output)")
        #expect(try await world.run("doctor", "primary", "--json").output.contains("lock.failover\""))
        let again = try await world.run("failover", "primary", "dr", "--yes", "--json")
        #expect(again.status == 0, "\(again.errors)")
        #expect(world.dr.versions(of: TwoRegions.key + ".tflock", in: "states-dr").last?.body == nil)
        #expect(world.primary.versions(of: TwoRegions.key + ".tflock", in: "states").last?.body != nil, "the primary side stays locked")
    }

    @Test func aFenceThatIsNoneIsLeftAlone() async throws {
        world.write(1...2)
        world.killPrimary()
        world.dr.put(S3StandIn.Body("somebody else's"), key: ".tfguard/fence/net/terraform.tfstate.json", bucket: "states-dr")
        let outcome = try await world.run("failover", "primary", "dr", "--yes")
        #expect(outcome.status == 1 && outcome.errors.contains("no fence that this version of tfguard can read"), "\(outcome.errors)")
        #expect(TwoRegions.writes(world.dr).isEmpty)
    }
}
