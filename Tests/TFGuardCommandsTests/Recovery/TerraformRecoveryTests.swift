import Cryptography
import Foundation
import S3
import TestSupport
import Testing

/// Doctor, restore and Terraform itself on real servers.
@Suite(.serialized) struct TerraformRecoveryTests {
    /// What goes wrong with a state, and what the doctor calls it.
    enum Accident: String, CaseIterable {
        case truncated, empty, deleted, rolledBack, otherLineage, wrongDigest

        var verdicts: Set<String> {
            switch self {
            case .truncated, .empty: ["unreadable"]
            case .deleted: ["missing"]
            case .rolledBack, .otherLineage, .wrongDigest: ["suspect"]
            }
        }

        func happen(to world: TerraformWorld, older: [UInt8]) async throws {
            let now = try await world.current()
            switch self {
            case .truncated: try await world.write(Array(now.prefix(now.count / 2)))
            case .empty: try await world.write([])
            case .deleted: _ = try await world.bucket.deleteObject(key: TerraformWorld.key)
            case .rolledBack: try await world.write(older)
            case .otherLineage:
                let text = String(decoding: older, as: UTF8.self).replacing(/"lineage": "[^"]*"/, with: #""lineage": "00000000-1111-2222-3333-444444444444""#)
                try await world.write(Array(text.utf8))
            case .wrongDigest: try await world.setDigest(String(repeating: "0", count: 32))
            }
        }
    }

    @Test(arguments: await TerraformWorld.Setup.available())
    func everyAccidentIsNamedAndHealedSoThatTerraformSeesNoChanges(setup: TerraformWorld.Setup) async throws {
        let world = try await TerraformWorld(setup)
        let older = try await olderState(world)
        var serial = 3
        for accident in Accident.allCases where accident != .wrongDigest || setup.usesTable {
            try await accident.happen(to: world, older: older)
            let sick = try await world.tfguard("doctor", "primary", "--json")
            #expect(sick.status == 2, "\(accident): \(sick.errors)")
            let state = try #require(try (sick.document["states"] as? [[String: Any]])?.first)
            #expect(accident.verdicts.contains(state["verdict"] as? String ?? ""), "\(accident): \(state["verdict"] ?? "")")
            #expect((state["last_good"] as? [String: Any])?["serial"] as? Int == serial, "\(accident)")
            let restored = try await world.tfguard("restore", "primary", "--to", accident == .wrongDigest ? "latest" : "last-good", "--yes", "--json")
            #expect(restored.status == 0, "\(accident): \(restored.errors)")
            if accident != .wrongDigest { serial += 1 }
            #expect(try (restored.document["result"] as? [String: Any])?["serial"] as? Int == serial, "\(accident)")
            try await expectHealth(of: world, serial: serial, "\(accident)")
        }
    }

    @Test(arguments: await TerraformWorld.Setup.available().filter { $0 == .ministackBoth || $0 == .motoTable })
    func tagsContentTypeAndKeyOfTheLastGoodVersionAreKept(setup: TerraformWorld.Setup) async throws {
        let world = try await TerraformWorld(setup)
        let key = "arn:aws:kms:us-east-1:000000000000:key/11111111-2222-3333-4444-555555555555"
        _ = try await world.bucket.putObject(
            key: TerraformWorld.key, try await world.current(),
            attributes: S3ObjectAttributes(contentType: "application/json; charset=utf-8", metadata: ["owner": "team-a"], tags: ["team": "a + b"], encryption: .kms(keyID: key)))
        let good = try await world.bucket.headObject(key: TerraformWorld.key)
        try await world.write(Array("<html>".utf8))
        let restored = try await world.tfguard("restore", "primary", "--to", "last-good", "--yes", "--json")
        #expect(restored.status == 0, "\(restored.errors)")
        let head = try await world.bucket.headObject(key: TerraformWorld.key)
        #expect(head.versionID != good.versionID && head.contentType == good.contentType && head.metadata == ["owner": "team-a"])
        #expect(good.encryption != nil && head.encryption == good.encryption)
        #expect(try await world.bucket.objectTags(key: TerraformWorld.key).value == ["team": "a + b"])
    }

    @Test(arguments: await TerraformWorld.Setup.available())
    func aSavedPlanFromBeforeTheRestoreIsStale(setup: TerraformWorld.Setup) async throws {
        let world = try await TerraformWorld(setup)
        try await world.terraform("plan", "-var", "n=9", "-out", "saved")
        let restored = try await world.tfguard("restore", "primary", "--to", "serial=2", "--yes", "--json")
        #expect(restored.status == 0, "\(restored.errors)")
        let lost = try #require(try (restored.document["plan"] as? [String: Any])?["instances_lost"] as? [[String: Any]])
        #expect(lost.map { $0["address"] as? String } == ["terraform_data.r[7]"])
        #expect((lost.first?["import"] as? String)?.contains("to = terraform_data.r[7]") == true)
        let apply = try await world.terraformOutcome(["apply", "saved"])
        #expect(apply.status != 0 && apply.errors.contains("Saved plan is stale"), "\(apply.errors)")
        let undo = try #require(try (restored.document["result"] as? [String: Any])?["undo"] as? String)
        let id = try #require(undo.split(separator: "@").last)
        #expect(try await world.tfguard("restore", "primary", "--to", String(id), "--yes").status == 0)
        try await expectHealth(of: world, serial: 5, "undo")
    }

    @Test(arguments: await TerraformWorld.Setup.available())
    func anApplyThatHoldsTheLockIsNamedAndLeftAlone(setup: TerraformWorld.Setup) async throws {
        let world = try await TerraformWorld(setup)
        let before = try await world.current()
        let apply = try await world.startSlowApply(until: "go-on")
        defer { _ = try? world.folder.write("", to: "go-on") }
        let held = try await world.current()
        let refused = try await world.tfguard("restore", "primary", "--to", "serial=2", "--yes")
        #expect(refused.status == 11, "\(refused.errors)")
        #expect(refused.errors.contains("OperationTypeApply"), "\(refused.errors)")
        let shown = try await world.tfguard("unlock", "primary", "--json")
        #expect(shown.status == 11)
        #expect(try (shown.document["holders"] as? [[String: Any]])?.first?["operation"] as? String == "OperationTypeApply")
        #expect(try await world.tfguard("unlock", "primary", "--id", "not-this-one", "--yes").status == 11)
        #expect(try await world.current() == held)
        try world.folder.write("", to: "go-on")
        #expect(try await apply.finish().status == 0)
        #expect(try await world.lockIsFree())
        #expect(try await world.current() != before)
    }

    @Test(arguments: await TerraformWorld.Setup.available())
    func terraformHonoursTheLockOfARestore(setup: TerraformWorld.Setup) async throws {
        let world = try await TerraformWorld(setup)
        try await world.write([])
        if setup.usesTable { try await world.setDigest(Hex.encode(MD5.hash([UInt8]()))) }
        let killed = try await world.tfguard("restore", "primary", "--to", "last-good", "--yes", environment: ["TFGUARD_TEST_KILL_AT": "locked"])
        #expect(killed.status != 0)
        let plan = try await world.terraformOutcome(["plan"])
        #expect(plan.status != 0 && plan.errors.contains("tfguard-restore"), "\(plan.errors)")
        let id = try #require(plan.errors.firstMatch(of: /ID: {2,}([0-9a-f-]{36})/)?.1)
        #expect(try await world.tfguard("unlock", "primary", "--id", String(id), "--yes").status == 0)
        #expect(try await world.lockIsFree())
    }

    @Test(arguments: await TerraformWorld.Setup.available())
    func whateverStepAKillHitsTheStateIsOldOrNewAndTheSameCommandHeals(setup: TerraformWorld.Setup) async throws {
        let world = try await TerraformWorld(setup)
        for step in ["planned", "half-locked", "locked", "backed-up", "written", "digest-written", "proven", "half-unlocked", "unlocked"] {
            let halves = setup.usesFile && setup.usesTable
            if step.hasPrefix("half"), !halves { continue }
            if step == "digest-written", !setup.usesTable { continue }
            let good = try await world.current()
            let broken = Array(good.prefix(good.count / 2))
            try await world.write(broken)
            let killed = try await world.tfguard("restore", "primary", "--to", "last-good", "--yes", environment: ["TFGUARD_TEST_KILL_AT": step])
            #expect(killed.ending == .signalled(SIGKILL), "\(step)")
            let left = try await world.current()
            let isOld = ["planned", "half-locked", "locked", "backed-up"].contains(step)
            #expect(isOld ? left == broken : left != broken && left.count >= good.count, "\(step)")
            let again = try await world.tfguard("restore", "primary", "--to", "last-good", "--yes", "--json")
            #expect(again.status == 0, "\(step): \(again.errors)")
            if !isOld { #expect(try await world.current() == left, "\(step): nothing is written twice") }
            #expect(try await world.lockIsFree(), "\(step)")
            if setup.usesTable { #expect(try await world.digest() == Hex.encode(MD5.hash(try await world.current())), "\(step)") }
            #expect(try await world.tfguard("doctor", "primary").status == 0, "\(step)")
        }
        #expect(try await world.planSaysNoChanges())
    }

    @Test(arguments: await TerraformWorld.Setup.available())
    func aStateThatCouldNotBeUploadedIsAdopted(setup: TerraformWorld.Setup) async throws {
        let world = try await TerraformWorld(setup)
        try await world.folder.write(try await world.current(), to: "errored.tfstate")
        #expect(try await world.tfguard("restore", "primary", "--to", "serial=2", "--yes").status == 0)
        let refused = try await world.tfguard("adopt", "errored.tfstate", "primary:net", "--yes")
        #expect(refused.status == 1 && refused.errors.contains("serial 3"), "\(refused.errors)")
        let adopted = try await world.tfguard("adopt", "errored.tfstate", "primary:net", "--allow-older", "--yes", "--json")
        #expect(adopted.status == 0, "\(adopted.errors)")
        try await expectHealth(of: world, serial: 5, "adopted")
        let fresh = try await world.tfguard("adopt", "errored.tfstate", "primary:new/terraform.tfstate", "--yes", "--json")
        #expect(fresh.status == 0, "\(fresh.errors)")
    }

    private func expectHealth(of world: TerraformWorld, serial: Int, _ occasion: String) async throws {
        #expect(try await world.planSaysNoChanges(), "\(occasion)")
        #expect(try await world.plainTerraform("state", "pull").output.contains("\"serial\": \(serial),"), "\(occasion)")
        #expect(try await world.lockIsFree(), "\(occasion)")
        if world.setup.usesTable { #expect(try await world.digest() == Hex.encode(MD5.hash(try await world.current())), "\(occasion)") }
        let doctor = try await world.tfguard("doctor", "primary", "--json")
        #expect(doctor.status == 0, "\(occasion): \(doctor.output)")
    }

    /// The state before the last apply.
    private func olderState(_ world: TerraformWorld) async throws -> [UInt8] {
        let shown = try await world.tfguard("show", "primary@serial=2", "--raw")
        return shown.standardOutput
    }
}
