import Foundation
import TestSupport
import Testing

/// `tfguard failover`, the binary against two stand-ins of S3.
@Suite struct FailoverCommandTests {
    let world: TwoRegions

    init() throws { world = try TwoRegions() }

    @Test func aDryRunSaysWhatIsLostAndAnnouncesExactlyWhatIsWrittenLater() async throws {
        world.write(1...3)
        world.write(4...5, replicates: false)
        #expect(try await world.run("snapshot").status == 0)
        world.killPrimary()
        world.dr.forgetRequests()
        let dry = try await world.run("failover", "primary", "dr", "--dry-run", "--json")
        #expect(dry.status == 0, "\(dry.errors)")
        #expect(TwoRegions.writes(world.dr).isEmpty, "a dry run writes nothing")
        let state = try #require(try dry.failoverStates.first)
        #expect(state["serial"] as? Int == 3 && state["versions_at_risk"] as? Int == 2 && state["lost_serials"] as? [Int] == [5, 4])
        #expect(state["remedy"] as? String == "tfguard restore vault:primary:net/terraform.tfstate --to latest --to-site dr")
        #expect(try dry.document["primary_view"] as? String == "vault")
        let announced = try dry.announcedWrites
        #expect(announced == ["PutObject s3://states-dr/.tfguard/fence/net/terraform.tfstate.json"])

        let refused = try await world.run("failover", "primary", "dr")
        #expect(refused.status == 64 && refused.errors.contains("--yes"), "\(refused.errors)")
        let done = try await world.run("failover", "primary", "dr", "--yes", "--json")
        #expect(done.status == 0, "\(done.errors)")
        #expect(TwoRegions.writes(world.dr) == announced, "nothing hidden")
        let again = try await world.run("failover", "primary", "dr", "--yes", "--json")
        #expect(again.status == 0, "\(again.errors)")
        #expect(TwoRegions.writes(world.dr) == announced, "nothing is done twice")
    }

    @Test func theBackendFileIsTheOwnersAloneAndTheCommandNamesIt() async throws {
        world.write(1...1)
        world.write(1...1, key: "env:/blue/net/terraform.tfstate")
        world.killPrimary()
        let done = try await world.run("failover", "primary", "dr", "--yes", "--json", "--backend-configs", "my backends")
        #expect(done.status == 0, "\(done.errors)")
        let files = try #require(try done.document["backend_files"] as? [[String: Any]])
        #expect(files.count == 1, "two workspaces of one root")
        #expect(files.first?["workspaces"] as? [String] == ["blue"])
        let path = try #require(files.first?["path"] as? String)
        #expect(files.first?["init"] as? String == "terraform init -reconfigure -backend-config='\(path)'")
        #expect(path.hasSuffix("/my backends/dr.net+terraform.tfstate.s3.tfbackend"))
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let text = String(decoding: try readFile(path), as: UTF8.self)
        #expect(text.contains("bucket               = \"states-dr\"") && text.contains("key                  = \"net/terraform.tfstate\"") && text.contains("use_lockfile = true"))
    }

    @Test func aPrimaryThatAnswersIsLeftOnlyWhenThatIsSaid() async throws {
        world.write(1...2)
        let refused = try await world.run("failover", "primary", "dr", "--yes", "--json")
        #expect(refused.status == 1 && refused.errors.contains("--while-primary-answers"), "\(refused.errors)")
        #expect(TwoRegions.writes(world.primary).isEmpty && TwoRegions.writes(world.dr).isEmpty)
        let dry = try await world.run("failover", "primary", "dr", "--dry-run", "--json", "--while-primary-answers", "--wait", "1")
        let done = try await world.run("failover", "primary", "dr", "--yes", "--json", "--while-primary-answers", "--wait", "1")
        #expect(done.status == 0, "\(done.errors)")
        #expect(try dry.announcedWrites.sorted() == (TwoRegions.writes(world.primary) + TwoRegions.writes(world.dr)).sorted())
        let lock = try #require(world.primary.versions(of: TwoRegions.key + ".tflock", in: "states").last?.body.map { String(decoding: $0.bytes, as: UTF8.self) })
        #expect(lock.contains("tfguard-failover") && lock.contains("failed over to s3://states-dr"), "\(lock)")
    }

    @Test func whatALivingPrimaryHasAndTheDRSideLacksIsWaitedFor() async throws {
        world.write(1...2)
        world.write(3...3, replicates: false)
        let behind = try await world.run("failover", "primary", "dr", "--yes", "--json", "--while-primary-answers", "--wait", "1")
        #expect(behind.status == 3 && behind.errors.isEmpty, "\(behind.errors)")
        #expect(try behind.failoverStates.first?["obstacle"] as? String == "1 versions of the primary side have not arrived on the DR side.")
        let lossy = try await world.run("failover", "primary", "dr", "--yes", "--json", "--while-primary-answers", "--wait", "1", "--accept-loss")
        #expect(lossy.status == 0, "\(lossy.errors)")
    }

    @Test func aReplicatedLockStandsInTheWayUntilItIsNamed() async throws {
        world.write(1...2)
        world.killPrimary()
        world.putLock(id: "41564fba-e6c5-5e89-534f-b53733281637", path: "states/net/terraform.tfstate")
        let held = try await world.run("failover", "primary", "dr", "--yes")
        #expect(held.status == 11 && held.errors.contains("--break-lock 41564fba-e6c5-5e89-534f-b53733281637"), "\(held.errors)")
        let other = try await world.run("failover", "primary", "dr", "--yes", "--break-lock", "41564fba")
        #expect(other.status == 11, "an id is given whole")
        #expect(TwoRegions.writes(world.dr).isEmpty)
        let done = try await world.run("failover", "primary", "dr", "--yes", "--json", "--break-lock", "41564fba-e6c5-5e89-534f-b53733281637")
        #expect(done.status == 0, "\(done.errors)")
        #expect(world.dr.versions(of: TwoRegions.key + ".tflock", in: "states-dr").last?.body == nil, "a delete marker")
    }

    @Test func aStateThatIsNoStateIsLeftOutAndTheOthersGo() async throws {
        world.write(1...2)
        world.write(1...2, key: "app/terraform.tfstate")
        world.killPrimary()
        world.dr.put(S3StandIn.Body("{\"version\": 4, \"ser"), key: "app/terraform.tfstate", bucket: "states-dr")
        let done = try await world.run("failover", "primary", "dr", "--yes", "--json")
        #expect(done.status == 3, "\(done.errors)")
        let states = try done.failoverStates
        #expect(states.first { $0["reference"] as? String == "dr:net/terraform.tfstate" }?["obstacle"] is NSNull)
        #expect((states.first { $0["reference"] as? String == "dr:app/terraform.tfstate" }?["obstacle"] as? String)?.contains("no usable state") == true)
        #expect(try (done.document["backend_files"] as? [[String: Any]])?.count == 1)
    }

    @Test func neitherSnapshotNorVerifyTakesAFenceForAState() async throws {
        world.write(1...2)
        world.killPrimary()
        #expect(try await world.run("failover", "primary", "dr", "--yes").status == 0)
        world.primary.removeFaults()
        let snapshot = try await world.run("snapshot", "--json")
        let sites = try #require(try snapshot.document["sites"] as? [[String: Any]])
        #expect(sites.map { $0["states"] as? Int } == [1, 1], "\(snapshot.output)")
        let verified = try await world.run("verify", "primary", "dr", "--json")
        let pair = try #require(try (verified.document["pairs"] as? [[String: Any]])?.first)
        #expect((pair["states"] as? [[String: Any]])?.count == 1)
    }

    @Test func aDRSideThatDoesNotAnswerIsAnError() async throws {
        world.write(1...2)
        world.dr.inject(.internalError)
        let outcome = try await world.run("failover", "primary", "dr", "--dry-run")
        #expect(outcome.status == 1 && outcome.errors.contains("DR side does not answer"), "\(outcome.errors)")
    }
}
