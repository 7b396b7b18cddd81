import Cryptography
import DynamoDB
import Foundation
import S3
import TestSupport
import Testing

/// Failover and failback with Terraform itself, on real servers with real replication.
@Suite(.serialized) struct TerraformFailoverTests {
    @Test(arguments: await FailoverWorld.Setup.available())
    func anOutageIsSurvivedAndTheWayHomeLosesNothing(setup: FailoverWorld.Setup) async throws {
        let world = try await FailoverWorld(setup)
        #expect(try await world.tfguard("snapshot").status == 0)
        try await world.fail()
        let over = try await world.tfguard("failover", "primary", "dr", "--yes", "--json")
        #expect(over.status == 0, "\(over.errors)\(over.output)")
        #expect(try over.failoverStates.first?["serial"] as? Int == 3 && over.failoverStates.first?["versions_at_risk"] as? Int == 0, "\(over.output)")
        if setup == .ministack { #expect(try await world.digest(world.dr) == Hex.encode(MD5.hash(world.dr.bucket.getObject(key: FailoverWorld.key).bytes))) }
        try await world.switchBackend(as: over)
        #expect(try await world.planSaysNoChanges(8))
        try await world.terraform("apply", "-auto-approve", "-var", "n=9")
        #expect(try await world.serial() == 4)

        let early = try await world.tfguard("failback", "primary", "dr", "--yes")
        #expect(early.status == 1 && early.errors.contains("primary side does not answer"), "\(early.errors)")
        try await world.comeBack()
        // The same command fences the side that is back; a lock table's item stops Terraform there.
        let late = try await world.tfguard("failover", "primary", "dr", "--yes", "--json")
        #expect(late.status == 0, "\(late.errors)\(late.output)")
        #expect(try await world.tfguard("doctor", "primary", "--json").rules.contains("state.fenced"))
        #expect(try await world.tfguard("unlock", "primary").status == (setup == .ministack ? 11 : 0))
        let home = try await world.tfguard("failback", "primary", "dr", "--yes", "--json")
        #expect(home.status == 0, "\(home.errors)\(home.output)")
        try await world.switchBackend(as: home)
        #expect(try await world.planSaysNoChanges(9))
        #expect(try await world.serial() == 5, "above all that were ever used")
        if setup == .ministack { #expect(try await world.digest(world.primary) == Hex.encode(MD5.hash(world.primary.bucket.getObject(key: FailoverWorld.key).bytes))) }
        let again = try await world.tfguard("failback", "primary", "dr", "--yes", "--json")
        #expect(try again.status == 0 && again.failoverStates.isEmpty, "\(again.errors)")
        try await world.setReplication(true)
        try await world.terraform("apply", "-auto-approve", "-var", "n=10")
        let healthy = try await world.tfguard("doctor", "primary", "--json")
        let healthyRules = try healthy.rules
        #expect(healthyRules.allSatisfy { $0.hasPrefix("replica.") }, "\(healthyRules)")
    }

    @Test(arguments: await FailoverWorld.Setup.available())
    func aPrimaryThatIsLeftOnPurposeCannotBeWrittenByTerraform(setup: FailoverWorld.Setup) async throws {
        let world = try await FailoverWorld(setup)
        let over = try await world.tfguard("failover", "primary", "dr", "--yes", "--json", "--while-primary-answers")
        #expect(over.status == 0, "\(over.errors)\(over.output)")
        let refused = try await world.terraformOutcome(["apply", "-auto-approve", "-var", "n=9"])
        #expect(refused.status != 0 && refused.errors.contains("tfguard-failover") && refused.errors.contains("only tfguard failback releases this lock"), "\(refused.errors)")
        try await world.switchBackend(as: over)
        #expect(try await world.planSaysNoChanges(8), "the lock's replica does not stop Terraform on the DR side")
        try await world.terraform("apply", "-auto-approve", "-var", "n=9")
        let sick = try await world.tfguard("doctor", "primary", "--json")
        let rules = try sick.rules
        #expect(rules.contains("lock.failover") && rules.contains("state.fenced") && !rules.contains("state.split-brain"), "\(rules)")
        let home = try await world.tfguard("failback", "primary", "dr", "--yes", "--json")
        #expect(home.status == 0, "\(home.errors)\(home.output)")
        try await world.switchBackend(as: home)
        #expect(try await world.planSaysNoChanges(9), "the lock is free")
        #expect(try await world.serial() == 5)
    }

    @Test(arguments: await FailoverWorld.Setup.available())
    func writesOnBothSidesAreASplitBrainThatOnlyAPersonResolves(setup: FailoverWorld.Setup) async throws {
        for kept in ["dr", "primary"] {
            let world = try await FailoverWorld(setup)
            #expect(try await world.tfguard("snapshot").status == 0)
            try await world.fail()
            let over = try await world.tfguard("failover", "primary", "dr", "--yes", "--json")
            #expect(over.status == 0, "\(over.errors)\(over.output)")
            try await world.comeBack()
            // Somebody who has not heard of the failover goes on working on the primary side.
            try await world.terraform("apply", "-auto-approve", "-var", "n=7")
            let behind = try await world.tfguard("doctor", "primary", "--json")
            #expect(behind.status == 2 && behind.output.contains("state.written-behind-fence"), "\(behind.output)")
            try await world.switchBackend(as: over)
            try await world.terraform("apply", "-auto-approve", "-var", "n=9")
            let sick = try await world.tfguard("doctor", "--json")
            #expect(sick.status == 2)
            #expect(try (sick.document["states"] as? [[String: Any]])?.count { "\($0["problems"] ?? "")".contains("state.split-brain") } == 2, "\(sick.output)")
            let refused = try await world.tfguard("failback", "primary", "dr", "--yes")
            #expect(refused.status == 1 && refused.errors.contains("--keep dr") && refused.errors.contains("serial 4 on primary, serial 4 on dr"), "\(refused.errors)")
            let home = try await world.tfguard("failback", "primary", "dr", "--yes", "--json", "--keep", kept)
            #expect(home.status == 0, "\(home.errors)\(home.output)")
            let forgotten = try home.failoverStates.first?["instances_forgotten"] as? [[String: Any]]
            #expect(forgotten?.compactMap { $0["address"] as? String } == (kept == "dr" ? [] : ["terraform_data.r[7]", "terraform_data.r[8]"]))
            try await world.switchBackend(as: home)
            #expect(try await world.planSaysNoChanges(kept == "dr" ? 9 : 7))
            #expect(try await world.serial() == (kept == "dr" ? 5 : 4))
            let healed = try await world.tfguard("doctor", "--json")
            let healedRules = try healed.rules
            #expect(healedRules.allSatisfy { $0.hasPrefix("replica.") || $0.hasPrefix("history.") }, "\(healedRules)")
        }
    }

    @Test(arguments: await FailoverWorld.Setup.available())
    func whateverStepAKillHitsTheSameCommandFinishes(setup: FailoverWorld.Setup) async throws {
        var world = try await FailoverWorld(setup)
        var count = 8
        var serial = 3
        // filer.sync might not make current what it brings to a key that the DR side wrote itself: go on elsewhere.
        func settle() async throws {
            if await (try? world.arrival()) != nil { return }
            #expect(setup == .seaweedfs)
            (world, count, serial) = (try await FailoverWorld(setup), 8, 3)
        }
        for step in ["failover-planned", "primary-locked", "fenced", "primary-fenced", "digest-seeded", "examined"] where setup == .ministack || step != "digest-seeded" {
            // A digest that is right already is not seeded.
            if setup == .ministack { try await world.dynamoDB.delete(["LockID": .string("\(world.dr.bucketName)/\(FailoverWorld.key)-md5")], in: world.dr.bucketName) }
            let killed = try await world.tfguard("failover", "primary", "dr", "--yes", "--while-primary-answers", environment: ["TFGUARD_TEST_KILL_AT": step])
            #expect(killed.ending == .signalled(SIGKILL), "\(step): \(killed.errors)")
            let over = try await world.tfguard("failover", "primary", "dr", "--yes", "--json", "--while-primary-answers")
            #expect(over.status == 0, "\(step): \(over.errors)\(over.output)")
            try await world.switchBackend(as: over)
            #expect(try await world.planSaysNoChanges(count), "\(step)")
            let home = try await world.tfguard("failback", "primary", "dr", "--yes", "--json")
            #expect(home.status == 0, "\(step): \(home.errors)\(home.output)")
            try await world.switchBackend(as: home)
            #expect(try await world.planSaysNoChanges(count), "\(step)")
            try await settle()
        }
        for step in ["failover-planned", "dr-locked", "noted", "written", "proven", "returned", "primary-unlocked", "half-ended", "ended"] {
            let over = try await world.tfguard("failover", "primary", "dr", "--yes", "--json", "--while-primary-answers")
            #expect(over.status == 0, "\(step): \(over.errors)\(over.output)")
            try await world.switchBackend(as: over)
            count += 1
            try await world.terraform("apply", "-auto-approve", "-var", "n=\(count)")
            serial += 2
            let killed = try await world.tfguard("failback", "primary", "dr", "--yes", environment: ["TFGUARD_TEST_KILL_AT": step])
            #expect(killed.ending == .signalled(SIGKILL), "\(step): \(killed.errors)")
            let home = try await world.tfguard("failback", "primary", "dr", "--yes", "--json")
            #expect(home.status == 0, "\(step): \(home.errors)\(home.output)")
            if step == "ended" { try await world.terraform("init", "-reconfigure") } else { try await world.switchBackend(as: home) }
            #expect(try await world.planSaysNoChanges(count), "\(step)")
            #expect(try await world.serial() == serial, "\(step): nothing is written twice")
            let healthy = try await world.tfguard("doctor", "primary", "--json")
            let healthyRules = try healthy.rules
            #expect(healthyRules.allSatisfy { $0.hasPrefix("replica.") }, "\(step): \(healthyRules)")
            try await settle()
        }
    }
}
