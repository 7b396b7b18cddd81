import Foundation
import TestSupport
import Testing

/// `tfguard drift` on two sites whose buckets answer, fail, and hold deleted states.
@Suite struct DriftSitesWorldTests {
    private let world: TwoRegions

    init() throws { world = try TwoRegions() }

    private func put(_ text: String, _ key: String, on side: S3StandIn) {
        side.put(S3StandIn.Body(text), key: key, bucket: bucket(side))
    }

    private func delete(_ key: String, on side: S3StandIn) { side.put(nil, key: key, bucket: bucket(side)) }

    private func bucket(_ side: S3StandIn) -> String { side === world.primary ? "states" : "states-dr" }

    private func putPair(_ key: String) {
        put(SampleStack.Side.primary.text, key, on: world.primary)
        put(SampleStack.Side.dr.text, key, on: world.dr)
    }

    private func drift(_ arguments: String...) async throws -> ProcessOutcome { try await world.run(["drift", "primary", "dr", "--json"] + arguments) }

    private func pairs(_ outcome: ProcessOutcome) throws -> [[String: Any]] { try #require(try outcome.document["pairs"] as? [[String: Any]]) }

    private func findings(_ outcome: ProcessOutcome) throws -> [[String: Any]] { try pairs(outcome).flatMap { $0["findings"] as? [[String: Any]] ?? [] } }

    private func problems(_ outcome: ProcessOutcome) throws -> [[String: Any]] { try #require(try outcome.document["problems"] as? [[String: Any]]) }

    @Test func aDeadRegionIsAskedOnceForAllItsStates() async throws {
        for number in 0..<12 { putPair("s\(number)/terraform.tfstate") }
        #expect(try await world.run("snapshot").status == 0)
        world.killPrimary()
        world.primary.forgetRequests()
        let outcome = try await drift()
        #expect(outcome.status == 3, "\(outcome.errors)")
        #expect(world.primary.requests.count == 1, "\(world.primary.requests.map(\.operation))")
        #expect(try pairs(outcome).count == 12)
        for pair in try pairs(outcome) {
            #expect(((pair["primary"] as? [String: Any])?["reference"] as? String)?.hasPrefix("vault:primary:") == true)
            #expect(((pair["dr"] as? [String: Any])?["reference"] as? String)?.hasPrefix("dr:") == true)
        }
        let problem = try #require(try problems(outcome).first)
        #expect(try problems(outcome).count == 1 && problem["reference"] as? String == "primary", "\(outcome.output)")
    }

    @Test func aDeadRegionOfWhichTheVaultHoldsNothingIsAnErrorThatSaysWhy() async throws {
        put(SampleStack.Side.dr.text, "a.tfstate", on: world.dr)
        #expect(try await world.run("snapshot", "dr").status == 0)
        world.killPrimary()
        let outcome = try await world.run("drift", "primary", "dr")
        #expect(outcome.status == 1 && outcome.errors.contains("could not be read"), "\(outcome.errors)")
    }

    @Test func whatIsDeletedOnBothSidesIsNothing() async throws {
        putPair("net/terraform.tfstate")
        putPair("old/terraform.tfstate")
        for side in [world.primary, world.dr] { delete("old/terraform.tfstate", on: side) }
        put(SampleStack.Side.primary.text, "tried-once.tfstate", on: world.primary)
        delete("tried-once.tfstate", on: world.primary)
        let outcome = try await drift()
        #expect(outcome.status == 0, "\(outcome.output)")
        #expect(try pairs(outcome).count == 1)
        #expect(try await world.run("snapshot").status == 0)
        #expect(try await drift("--from-vault").status == 0)
    }

    @Test func whatIsDeletedOnOneSideIsAFindingOfTheOther() async throws {
        for key in ["net", "lost", "left"] { putPair("\(key)/terraform.tfstate") }
        delete("lost/terraform.tfstate", on: world.dr)
        delete("left/terraform.tfstate", on: world.primary)
        let outcome = try await drift()
        #expect(outcome.status == 2, "\(outcome.output)")
        let found = try findings(outcome)
        let lost = try #require(found.first { $0["rule_id"] as? String == "drift.missing-state" })
        let left = try #require(found.first { $0["rule_id"] as? String == "drift.extra-state" })
        #expect(found.count == 2 && lost["primary_address"] as? String == "lost/terraform.tfstate" && left["dr_address"] as? String == "left/terraform.tfstate")
        for one in [lost, left] { #expect((one["reason"] as? String)?.contains("deleted") == true, "\(one)") }
        #expect(lost["severity"] as? String == "high" && left["severity"] as? String == "low")
        #expect(try problems(outcome).isEmpty)
    }

    @Test func aStateThatIsGoneForGoodIsNotComparedFromTheVault() async throws {
        for key in ["net", "gone"] { putPair("\(key)/terraform.tfstate") }
        #expect(try await world.run("snapshot").status == 0)
        for version in world.dr.versions(of: "gone/terraform.tfstate", in: "states-dr") { world.dr.remove(version.id, of: "gone/terraform.tfstate", in: "states-dr") }
        let outcome = try await drift()
        #expect(try outcome.status == 2 && findings(outcome).map { $0["rule_id"] as? String } == ["drift.missing-state"], "\(outcome.output)")
        #expect(try await drift("--from-vault").status == 0)
    }

    @Test func aDeletedStateKeepsNobodyFromPairingTheOnlyOnesLeft() async throws {
        put(SampleStack.Side.primary.text, "old.tfstate", on: world.primary)
        delete("old.tfstate", on: world.primary)
        put(SampleStack.Side.primary.text, "net-east.tfstate", on: world.primary)
        put(SampleStack.Side.dr.text, "net-west.tfstate", on: world.dr)
        let outcome = try await drift()
        #expect(outcome.status == 0, "\(outcome.output)")
        #expect(try pairs(outcome).count == 1)
    }

    @Test func nothingButDeletedStatesIsNotInStep() async throws {
        putPair("net/terraform.tfstate")
        for side in [world.primary, world.dr] { delete("net/terraform.tfstate", on: side) }
        let outcome = try await world.run("drift", "primary", "dr")
        #expect(outcome.status == 1 && outcome.errors.contains("deleted"), "\(outcome.errors)")
    }

    @Test func everyFindingOfSeveralPairsHasAnIDOfItsOwnThatStaysWhenAStateComes() async throws {
        var weak = SampleStack.Side.dr
        weak.backupDays = 0
        func putWeakPair(_ key: String) {
            put(SampleStack.Side.primary.text, key, on: world.primary)
            put(weak.text, key, on: world.dr)
        }
        putWeakPair("a.tfstate")
        let alone = Set(try findings(try await drift()).compactMap { $0["id"] as? String })
        #expect(!alone.isEmpty)
        for key in ["b.tfstate", "c.tfstate"] { putWeakPair(key) }
        put(weak.text, "only-dr.tfstate", on: world.dr)
        put(weak.text, "only-primary.tfstate", on: world.primary)
        let ids = try findings(try await drift()).compactMap { $0["id"] as? String }
        #expect(Set(ids).count == ids.count && ids.count == 3 * alone.count + 2)
        #expect(alone.isSubset(of: ids), "what a baseline accepted stays accepted")
    }

    @Test func aSecretOfOneStateIsHiddenInWhatAnotherCopies() async throws {
        func state(_ word: String, lineage: String, copies: Bool) -> String {
            let attributes = copies ? #""id": "c", "note": "made with \#(word)""# : #""id": "p", "token_value": "\#(word)""#
            let marks = copies ? "" : #"[{"type": "get_attr", "value": "token_value"}]"#
            return #"{"version": 4, "terraform_version": "1.11.4", "serial": 1, "lineage": "\#(lineage)", "outputs": {}, "resources": [{"mode": "managed", "type": "example_thing", "name": "one", "provider": "provider[\"registry.terraform.io/acme/example\"]", "instances": [{"schema_version": 0, "attributes": {\#(attributes)}, "sensitive_attributes": [\#(marks)]}]}]}"#
        }
        for (word, side) in [("correct-horse", world.primary), ("battery-staple", world.dr)] {
            put(state(word, lineage: "a\(word)", copies: false), "secrets/terraform.tfstate", on: side)
            put(state(word, lineage: "b\(word)", copies: true), "copies/terraform.tfstate", on: side)
        }
        let outcome = try await drift()
        #expect(outcome.status == 2, "\(outcome.errors)")
        #expect(try findings(outcome).contains { $0["attribute"] as? String == "note" })
        #expect(!outcome.output.contains("correct-horse") && !outcome.output.contains("battery-staple"), "\(outcome.output)")
    }
}
