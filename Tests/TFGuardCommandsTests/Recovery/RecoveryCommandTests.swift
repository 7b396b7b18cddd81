import Foundation
import TestSupport
import Testing

/// The recovery commands against the stand-in: refusals, files, lost answers.
@Suite struct RecoveryCommandTests {
    @Test func filesAreJudgedRepairedAndSalvaged() async throws {
        let sandbox = try Sandbox()
        let whole = SampleVault.state(serial: 5)
        try sandbox.folder.write([0xEF, 0xBB, 0xBF] + Array(whole.utf8), to: "bom.tfstate")
        let doctor = try await sandbox.run("doctor", "./bom.tfstate", "--repair", "fixed.tfstate", "--json")
        #expect(doctor.status == 2, "\(doctor.errors)")
        #expect(try (doctor.document["states"] as? [[String: Any]])?.first?["verdict"] as? String == "repairable")
        #expect(try readFile(sandbox.folder.file("fixed.tfstate")) == Array(whole.utf8))
        #expect(try await sandbox.run("doctor", "./fixed.tfstate").status == 0)
        #expect(try await runProcess(["gzip", "-k", sandbox.folder.file("fixed.tfstate")]).status == 0)
        #expect(try await sandbox.run("doctor", "./fixed.tfstate.gz", "--repair", "again.tfstate").status == 2)
        #expect(try readFile(sandbox.folder.file("again.tfstate")) == Array(whole.utf8))
        #expect(try await sandbox.run("doctor", "./fixed.tfstate", "--salvage", "x.tfstate").status == 1, "what is whole needs no salvage")
    }

    @Test func aRestoreWritesAHigherSerialAndNothingElseAndTheUndoWorks() async throws {
        let sandbox = try Sandbox()
        let dry = try await sandbox.run("restore", "primary:network", "--to", "serial=2", "--dry-run", "--json")
        #expect(dry.status == 0, "\(dry.errors)")
        #expect(try (dry.document["plan"] as? [String: Any])?["new_serial"] as? Int == 4)
        #expect(sandbox.s3.requests.allSatisfy { ["GET", "HEAD"].contains($0.http.method) })
        let refused = try await sandbox.run("restore", "primary:network", "--to", "serial=2")
        #expect(refused.status == 64 && refused.errors.contains("--yes"))
        let done = try await sandbox.run("restore", "primary:network", "--to", "serial=2", "--yes", "--json", "--wait", "0")
        #expect(done.status == 0, "\(done.errors)")
        let shown = try await sandbox.run("show", "primary:network", "--raw")
        #expect(shown.output == SampleVault.state(serial: 2).replacingOccurrences(of: "\"serial\": 2", with: "\"serial\": 4").replacingOccurrences(of: "\"serial\":2", with: "\"serial\":4"))
        let again = try await sandbox.run("restore", "primary:network", "--to", "serial=2", "--yes", "--json")
        #expect(try (again.document["plan"] as? [String: Any])?["action"] as? String == "nothing", "\(again.errors)")
    }

    @Test func aLostAnswerToTheWriteIsSettledByReadingBack() async throws {
        let sandbox = try Sandbox()
        sandbox.s3.inject(.wire(.closeWithoutAnswer), times: 1) { $0.http.method == "PUT" && $0.key == "network/terraform.tfstate" }
        let done = try await sandbox.run("restore", "primary:network", "--to", "serial=2", "--yes", "--json", "--wait", "0")
        #expect(done.status == 0, "\(done.errors)")
        #expect(sandbox.s3.versions(of: "network/terraform.tfstate", in: Sandbox.bucket).count == 4, "one write, not two")
    }

    @Test func aFileInsteadOfTheBucketIsWrittenWhenAskedFor() async throws {
        let sandbox = try Sandbox()
        let outcome = try await sandbox.run("restore", "primary:network", "--to", "serial=2", "--output", "out.tfstate")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try await sandbox.run("show", "./out.tfstate", "--json").document["serial"] as? Int == 4)
        #expect(sandbox.s3.requests.allSatisfy { ["GET", "HEAD"].contains($0.http.method) })
    }

    @Test func anotherLineageGarbageAndZeroBytesAreRefused() async throws {
        let sandbox = try Sandbox()
        let key = "network/terraform.tfstate"
        let other = SampleVault.state(serial: 9).replacing(/"lineage": ?"[^"]*"/, with: #""lineage": "someone-elses""#)
        let foreign = sandbox.s3.put(S3StandIn.Body(other), key: key, bucket: Sandbox.bucket)
        let empty = sandbox.s3.put(S3StandIn.Body(""), key: key, bucket: Sandbox.bucket)
        let page = sandbox.s3.put(S3StandIn.Body("<html>busy</html>"), key: key, bucket: Sandbox.bucket)
        for id in [foreign, empty, page] {
            let outcome = try await sandbox.run("restore", "primary:network", "--to", "id=\(id)", "--yes")
            #expect(outcome.status == 1, "\(outcome.errors)")
        }
        #expect(try await sandbox.run("restore", "primary:network", "--to", "id=\(foreign)", "--yes").errors.contains("--allow-lineage-change"))
        let allowed = try await sandbox.run("restore", "primary:network", "--to", "id=\(foreign)", "--yes", "--allow-lineage-change", "--json", "--wait", "0")
        #expect(allowed.status == 0, "\(allowed.errors)")
        #expect(try (allowed.document["result"] as? [String: Any])?["serial"] as? Int == 10)
    }

    @Test func bytesThatDoNotMatchTheirChecksumAreCalledSo() async throws {
        let sandbox = try Sandbox()
        sandbox.s3.inject(.flipByte(at: 40)) { $0.http.method == "GET" && $0.key == "network/terraform.tfstate" && $0.versionID != nil }
        let doctor = try await sandbox.run("doctor", "primary:network", "--json")
        #expect(doctor.status == 2, "\(doctor.output)")
        #expect(try (doctor.document["states"] as? [[String: Any]])?.first?["verdict"] as? String == "checksum")
    }
}
