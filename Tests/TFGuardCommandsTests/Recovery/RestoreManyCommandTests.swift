import Foundation
import TestSupport
import Testing

/// `restore --all`, several references, other sites, locks of others, and undoing.
@Suite struct RestoreManyCommandTests {
    private static let keys = ["a/terraform.tfstate", "b/terraform.tfstate", "c/terraform.tfstate"]
    private static let hour: Int64 = 3600

    /// Three states whose second version is a minute old, and one that did not exist before.
    private func sandbox() throws -> Sandbox {
        let sandbox = try Sandbox([:])
        let now = Int64(Date().timeIntervalSince1970)
        for key in Self.keys {
            sandbox.s3.put(S3StandIn.Body(SampleVault.state(serial: 1)), key: key, bucket: Sandbox.bucket, modified: now - 2 * Self.hour)
            sandbox.s3.put(S3StandIn.Body("{\"version\": 4, \"broken"), key: key, bucket: Sandbox.bucket, modified: now - 60)
        }
        sandbox.s3.put(S3StandIn.Body(SampleVault.state(serial: 7).replacing("000000000001", with: "000000000002")), key: "young/terraform.tfstate", bucket: Sandbox.bucket, modified: now - 60)
        return sandbox
    }

    private func statuses(_ outcome: ProcessOutcome) throws -> [String] {
        try #require(try outcome.document["states"] as? [[String: Any]], "\(outcome.output) \(outcome.errors)").map { "\($0["status"] ?? "")" }
    }

    private func counts(_ sandbox: Sandbox) -> [Int] { Self.keys.map { sandbox.s3.versions(of: $0, in: Sandbox.bucket).count } }

    @Test func allStatesGoBackToOneMomentUpToTheFirstFailureAndTheSameCommandGoesOn() async throws {
        let sandbox = try sandbox()
        let command = ["restore", "--all", "primary", "--as-of", "1h", "--json", "--wait", "0"]
        let dry = try await sandbox.run(command + ["--dry-run"])
        #expect(dry.status == 0, "\(dry.errors)")
        #expect(try statuses(dry) == ["planned", "planned", "planned", "absent"])
        #expect(sandbox.s3.requests.allSatisfy { ["GET", "HEAD"].contains($0.http.method) })
        #expect(try await sandbox.run(command).status == 64, "nobody was asked")
        sandbox.s3.inject(.accessDenied) { $0.http.method == "PUT" && $0.key == Self.keys[1] }
        let first = try await sandbox.run(command + ["--yes"])
        #expect(first.status == 3, "\(first.errors)")
        #expect(try statuses(first) == ["done", "failed", "not_started", "absent"])
        #expect(try (first.document["problems"] as? [[String: Any]])?.first?["message"] as? String != nil)
        #expect(counts(sandbox) == [3, 2, 2])
        sandbox.s3.removeFaults()
        let second = try await sandbox.run(command + ["--yes"])
        #expect(second.status == 0, "\(second.errors)")
        #expect(try statuses(second) == ["unchanged", "done", "done", "absent"])
        #expect(counts(sandbox) == [3, 3, 3])
        let third = try await sandbox.run("restore", "--all", "primary", "--as-of", "1h", "--yes")
        #expect(third.status == 0 && third.output.contains("right already"), "\(third.output) \(third.errors)")
        #expect(counts(sandbox) == [3, 3, 3])
        #expect(sandbox.s3.versions(of: "young/terraform.tfstate", in: Sandbox.bucket).count == 1)
    }

    @Test func severalReferencesAreOnePlan() async throws {
        let sandbox = try sandbox()
        let outcome = try await sandbox.run("restore", "primary:b", "primary:a", "--to", "last-good", "--yes", "--json", "--wait", "0")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try (outcome.document["states"] as? [[String: Any]])?.map { "\($0["reference"] ?? "")" } == ["primary:b/terraform.tfstate", "primary:a/terraform.tfstate"])
        #expect(counts(sandbox) == [3, 3, 2])
        let some = try await sandbox.run("restore", "--all", "primary", "--state", "c/**", "--to", "last-good", "--yes", "--json", "--wait", "0")
        #expect(some.status == 0 && counts(sandbox) == [3, 3, 3], "\(some.errors)")
    }

    @Test func aLockOfSomebodyElseStopsTheWholePlanBeforeItBegins() async throws {
        let sandbox = try sandbox()
        lock(sandbox, Self.keys[2])
        let outcome = try await sandbox.run("restore", "--all", "primary", "--as-of", "1h", "--yes", "--json")
        #expect(outcome.status == 11, "\(outcome.errors)")
        #expect(try statuses(outcome) == ["planned", "planned", "refused", "absent"] && counts(sandbox) == [2, 2, 2])
        #expect(outcome.output.contains("ci@runner"))
    }

    @Test(arguments: [
        ["restore"], ["restore", "primary:a"], ["restore", "--all", "primary:a", "--to", "last-good"], ["restore", "--all", "primary", "--to", "-1"],
        ["restore", "--all", "primary", "--as-of", "1h", "--to", "last-good"], ["restore", "--all", "primary", "--as-of", "serial=1"], ["restore", "primary:a", "--to", "last-good", "--to-key", "x"],
        ["restore", "primary:a", "--state", "a/**", "--to", "last-good"], ["restore", "primary:a@-1", "--to", "last-good"],
    ])
    func whatMakesNoSenseIsRefused(arguments: [String]) async throws {
        let outcome = try await sandbox().run(arguments)
        #expect(outcome.status == 64, "\(arguments): \(outcome.status) \(outcome.errors)")
    }

    private static let lockID = "41564fba-e6c5-5e89-534f-b53733281637"

    private func lock(_ sandbox: Sandbox, _ key: String) {
        let text = #"{"ID":"\#(Self.lockID)","Operation":"OperationTypeApply","Info":"","Who":"ci@runner","Version":"1.11.4","Created":"2026-11-22T14:07:46Z","Path":"x"}"#
        sandbox.s3.put(S3StandIn.Body(text), key: key + ".tflock", bucket: Sandbox.bucket)
    }

    @Test func aLockIsBrokenByItsWholeIDAndItsHolderIsNamed() async throws {
        let sandbox = try sandbox()
        lock(sandbox, Self.keys[0])
        let command = ["restore", "primary:a", "--to", "last-good", "--yes", "--json", "--wait", "0"]
        #expect(try await sandbox.run(command).status == 11)
        #expect(try await sandbox.run(command + ["--break-lock", String(Self.lockID.prefix(8))]).status == 11)
        #expect(counts(sandbox) == [2, 2, 2])
        let asked = try await sandbox.run("restore", "primary:a", "--to", "last-good", "--break-lock", Self.lockID)
        #expect(asked.status == 64 && asked.errors.contains("Break the lock that is held by ci@runner"), "\(asked.errors)")
        let done = try await sandbox.run(command + ["--break-lock", Self.lockID])
        #expect(done.status == 0, "\(done.errors)")
        #expect(done.output.contains("broke a lock: it was held by ci@runner"))
        #expect(counts(sandbox) == [3, 2, 2])
    }

    @Test func aVersionGoesIntoTheBucketOfAnotherSite() async throws {
        let sandbox = try sandbox()
        sandbox.s3.createBucket("acme-dr")
        try sandbox.configure(more: "  dr: { bucket: acme-dr, region: us-west-2, endpoint: \"\(sandbox.s3.url)\", use_path_style: true }")
        let done = try await sandbox.run("restore", "primary:a", "--to", "last-good", "--to-site", "dr", "--yes", "--json", "--wait", "0")
        #expect(done.status == 0, "\(done.errors)")
        #expect(try (done.document["plan"] as? [String: Any])?["reference"] as? String == "dr:a/terraform.tfstate")
        #expect(sandbox.s3.versions(of: "a/terraform.tfstate", in: "acme-dr").count == 1 && counts(sandbox) == [2, 2, 2])
        let elsewhere = try await sandbox.run("restore", "primary:a", "--to", "last-good", "--to-site", "dr", "--to-key", "other.tfstate", "--yes", "--wait", "0")
        #expect(elsewhere.status == 0 && sandbox.s3.versions(of: "other.tfstate", in: "acme-dr").count == 1, "\(elsewhere.errors)")
        let all = try await sandbox.run("restore", "--all", "primary", "--as-of", "1h", "--to-site", "dr", "--yes", "--json", "--wait", "0")
        #expect(all.status == 0, "\(all.errors)")
        #expect(try statuses(all) == ["unchanged", "done", "done", "absent"])
    }

    @Test func theUndoThatIsPrintedPutsBackWhatWasThere() async throws {
        let sandbox = try Sandbox()
        let before = try await sandbox.run("show", "primary:network", "--raw")
        let done = try await sandbox.run("restore", "primary:network", "--to", "serial=1", "--yes", "--json", "--wait", "0")
        let undo = try #require(try (done.document["result"] as? [String: Any])?["undo"] as? String, "\(done.errors)")
        let undone = try await sandbox.run("restore", undo, "--yes", "--json", "--wait", "0")
        #expect(undone.status == 0, "\(undone.errors)")
        let after = try await sandbox.run("show", "primary:network", "--raw")
        #expect(after.output == before.output.replacing("\"serial\": 3", with: "\"serial\": 5"))
        let shown = try await sandbox.run("restore", "primary:network", "--to", "serial=1", "--yes", "--wait", "0")
        #expect(shown.output.contains("tfguard restore primary:network/terraform.tfstate@id="))
    }

    @Test func lastGoodIsTheDoctorsWordInShowAndDiff() async throws {
        let sandbox = try Sandbox()
        sandbox.s3.put(S3StandIn.Body(SampleVault.state(serial: 9).replacing("000000000001", with: "000000000002")), key: "network/terraform.tfstate", bucket: Sandbox.bucket)
        let shown = try await sandbox.run("show", "primary:network@last-good", "--json")
        #expect(try shown.document["serial"] as? Int == 3, "\(shown.errors)")
        let diff = try await sandbox.run("diff", "primary:network@last-good", "primary:network", "--json")
        let generation = try diff.document["generation"] as? [String: Any]
        #expect((generation?["before"] as? [String: Any])?["serial"] as? Int == 3, "\(diff.output)")
    }
}

extension Sandbox {
    func run(_ arguments: [String]) async throws -> ProcessOutcome {
        try await TFGuardBinary.run(arguments, in: folder, environment: environment)
    }
}
