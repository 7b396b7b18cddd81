import Cryptography
import Findings
import Recovery
import Sites
import Snapshots
import StateJSON
import TestSupport
import Testing
import Timestamps

/// What the doctor sees around a state: replica, locks, other states, and what Terraform would do.
@Suite struct StateDoctorTests {
    private func examine(_ world: RecoveryWorld, pairs: [PairedSite] = [], _ reference: SiteReference = SiteReference(site: "primary", key: RecoveryWorld.key), later: Duration = .zero) async throws -> StateExamination {
        let site = reference.site == "dr" ? world.dr : world.primary
        return try await StateDoctor(catalog: world.catalog, site: site, dynamoDB: world.table, pairs: pairs, now: { .now() + later }).examine(reference)
    }

    private func rules(_ examination: StateExamination, _ prefix: String) -> [String] {
        examination.symptoms.map(\.ruleID.description).filter { $0.hasPrefix(prefix) }
    }

    private static let one = SampleState(serial: 1, ids: [1]).text
    private static let two = SampleState(serial: 2, ids: [1, 2]).text
    private static let three = SampleState(serial: 3, ids: [1, 2, 3]).text

    @Test func aCopyOutOfStepIsNamedWithItsLag() async throws {
        for (copy, rule) in [
            ([], "replica.missing"), ([Self.one], "replica.behind"), ([Self.three], "replica.ahead"), ([SampleState(serial: 2, ids: [9]).text], "replica.diverged"),
            ([SampleState(serial: 2, lineage: "b", ids: [1]).text], "replica.other-lineage"), (["<html>"], "replica.unreadable"), ([nil], "replica.deleted"), ([Self.two], nil),
        ] as [([String?], String?)] {
            let world = try await RecoveryWorld([RecoveryWorld.key: [Self.one, Self.two]])
            for text in copy { world.s3.put(text.map { S3StandIn.Body($0) }, key: RecoveryWorld.key, bucket: "states-dr") }
            let pair = PairedSite(site: world.dr, recoveryPoint: .seconds(900), isOrigin: false)
            let late = try await examine(world, pairs: [pair], later: .seconds(3600))
            #expect(rules(late, "replica.") == [rule].compactMap(\.self))
            if rule == "replica.behind" || rule == "replica.missing" {
                #expect(late.symptoms.first { $0.ruleID.description == rule }?.severity == .high)
                #expect(try await examine(world, pairs: [pair]).symptoms.first { $0.ruleID.description == rule }?.severity == .info, "replication may still be at it")
            }
            // Seen from the copy, it is the same.
            let origin = PairedSite(site: world.primary, recoveryPoint: .seconds(900), isOrigin: true)
            guard !copy.isEmpty, copy != [nil] else { continue }
            #expect(rules(try await examine(world, pairs: [origin], SiteReference(site: "dr", key: RecoveryWorld.key)), "replica.") == [rule].compactMap(\.self))
        }
    }

    @Test func aDeletedStateNamesTheCopyThatSurvives() async throws {
        let world = try await RecoveryWorld([RecoveryWorld.key: [Self.one]])
        world.s3.put(nil, key: RecoveryWorld.key, bucket: "states")
        world.s3.put(S3StandIn.Body(Self.one), key: RecoveryWorld.key, bucket: "states-dr")
        let examination = try await examine(world, pairs: [PairedSite(site: world.dr, recoveryPoint: nil, isOrigin: false)])
        #expect(rules(examination, "replica.") == ["replica.survives"] && examination.verdict == .missing)
        #expect(examination.symptoms.contains { $0.remedy?.contains("--to-site primary") == true })
    }

    @Test func locksAreToldWithTheirAgeAndTheirHalves() async throws {
        let world = try await RecoveryWorld([RecoveryWorld.key: [Self.one]])
        func lock(_ id: String) -> String {
            String(decoding: LockInfo(id: id, operation: "OperationTypeApply", who: "ci@runner", version: "1.11.4", created: .now() - .seconds(7500), path: "p").json, as: UTF8.self)
        }
        world.s3.put(S3StandIn.Body(lock("one")), key: RecoveryWorld.key + ".tflock", bucket: "states")
        let half = try await examine(world)
        #expect(rules(half, "lock.") == ["lock.stuck", "lock.half"])
        #expect(half.symptoms.contains { $0.message.contains("locked for 2 h by ci@runner") })
        #expect(half.terraformNow?.contains("refused while ci@runner holds the lock") == true)
        world.dynamoDB.setItem(RecoveryWorld.lockID, ["Info": lock("one")])
        #expect(rules(try await examine(world), "lock.") == ["lock.stuck", "lock.stuck"])
        world.dynamoDB.setItem(RecoveryWorld.lockID, ["Info": lock("two")])
        #expect(rules(try await examine(world), "lock.").first == "lock.two-holders")
    }

    @Test func whatTerraformWouldDoNowIsSaid() async throws {
        func words(_ texts: [String?], digest: String? = nil) async throws -> String {
            let world = try await RecoveryWorld([RecoveryWorld.key: texts.compactMap(\.self)])
            if texts.last == .some(nil) { world.s3.put(nil, key: RecoveryWorld.key, bucket: "states") }
            world.dynamoDB.setItem(RecoveryWorld.lockID + "-md5", digest.map { ["Digest": $0] })
            return try await examine(world).terraformNow ?? ""
        }
        #expect(try await words([Self.three]) == "plan and apply work")
        #expect(try await words([Self.three, ""]).contains("a plan would create 3 resources that exist"))
        #expect(try await words([Self.three, nil]).contains("a plan would create 3 resources that exist"))
        #expect(try await words([Self.three, "<html>"]).contains("refuses"))
        #expect(try await words([Self.three, SampleState(serial: 4, ids: []).text]).contains("a plan would create 3 resources that exist"))
        #expect(try await words([Self.three], digest: "0123").contains("waits ten seconds and fails"))
    }

    @Test func anOlderVersionIsJudgedByWhatCameBeforeIt() async throws {
        let world = try await RecoveryWorld([RecoveryWorld.key: [Self.three, SampleState(serial: 2, ids: [1, 2, 3]).text, SampleState(serial: 4, ids: [1, 2, 3]).text]])
        let now = try await examine(world)
        #expect(now.verdict == .ok)
        let before = try await examine(world, SiteReference(site: "primary", key: RecoveryWorld.key, version: .before(1)))
        #expect(before.verdict == .suspect && rules(before, "history.") == ["history.serial-went-back"] && before.reference.contains("@id="))
        #expect(before.lastGood?.serial == 3)
    }

    @Test func lastGoodMeansTheDoctorsJudgementEverywhere() async throws {
        let world = try await RecoveryWorld([RecoveryWorld.key: [Self.three, SampleState(serial: 4, lineage: "other", ids: [7]).text]])
        let blob = try await world.catalog.read(.site(SiteReference(site: "primary", key: RecoveryWorld.key, version: .lastGood)))
        #expect(blob.bytes == StateBytes(Self.three.utf8))
        let bytesAlone = StateCatalog(sites: [world.primary], vault: nil, now: { .now() })
        #expect(try await bytesAlone.read(.site(SiteReference(site: "primary", key: RecoveryWorld.key, version: .lastGood))).entry?.serial == 4)
    }

    @Test func anObjectInTwoStatesMakesBothSuspect() async throws {
        func text(_ lineage: String, _ name: String) -> String { SampleState(serial: 1, lineage: lineage, ids: [1]).text.replacing("i-1", with: name) }
        func verdicts(_ first: String, _ second: String, copies: Bool = false) async throws -> [[String]] {
            let world = try await RecoveryWorld(["a.tfstate": [first], "b.tfstate": [second]])
            world.s3.put(S3StandIn.Body(second), key: "a.tfstate", bucket: "states-dr")
            var examinations = [try await examine(world, SiteReference(site: "primary", key: "a.tfstate"))]
            examinations.append(try await examine(world, copies ? SiteReference(site: "dr", key: "a.tfstate") : SiteReference(site: "primary", key: "b.tfstate")))
            SharedObjects.mark(&examinations) { _, _ in true }
            return examinations.map { [$0.verdict.rawValue] + rules($0, "state.") }
        }
        let id = "i-0f3a91bc77d2e8a10"
        #expect(try await verdicts(text("a", id), text("b", id)) == [["suspect", "state.id-in-two-states"], ["suspect", "state.id-in-two-states"]])
        #expect(try await verdicts(text("a", id), text("a", id)) == [["ok", "state.copied"], ["ok", "state.copied"]])
        #expect(try await verdicts(text("a", id), text("b", "i-0f3a91bc77d2e8a11")) == [["ok"], ["ok"]])
        #expect(try await verdicts(text("a", "app"), text("b", "app")) == [["ok"], ["ok"]], "a name may mean another object in another account")
        #expect(try await verdicts(text("a", id), text("a", id), copies: true) == [["ok"], ["ok"]], "a replica is meant to be the same")
    }
}
