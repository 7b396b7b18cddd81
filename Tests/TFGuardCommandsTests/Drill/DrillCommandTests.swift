import Foundation
import TestSupport
import Testing

/// `tfguard drill`, the binary against a stand-in of S3, its evidence checked by the openssl program.
@Suite struct DrillCommandTests {
    @Test func everyStateComesBackAndTheEvidenceIsSigned() async throws {
        let sandbox = try Sandbox()
        let outcome = try await sandbox.run("drill", "--json", "--terraform", "none", "--recovery-time", "15m")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let document = try outcome.document
        let states = try #require(document["states"] as? [[String: Any]])
        #expect(states.count == 2 && states.allSatisfy { $0["restored"] as? Bool == true && $0["sha256"] as? String == $0["restored_sha256"] as? String })
        #expect(document["objective_met"] as? Bool == true && document["objective_seconds"] as? Double == 900)
        #expect(sandbox.s3.requests.allSatisfy { ["GET", "HEAD"].contains($0.http.method) })
        let target = try #require(document["target"] as? String)
        #expect(!FileManager.default.fileExists(atPath: target), "cleaned up")

        let evidence = try #require(document["evidence"] as? [String: Any])
        for command in try #require(evidence["check"] as? [String]) {
            let checked = try await runProcess(["/bin/sh", "-c", command])
            #expect(checked.status == 0 && checked.output.contains("Signature Verified Successfully"), "\(checked.output)\(checked.errors)")
        }
        let path = try #require(evidence["document"] as? String)
        // The evidence is the document that was shown, but for the second in which it was written.
        func timeless(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self).replacing(/"generated_at": "[^"]*"/, with: "") }
        #expect(try timeless(readFile(path)) == timeless(outcome.standardOutput))
        for file in [path, "\(path).sig", try #require(evidence["markdown"] as? String), try #require(evidence["public_key"] as? String), sandbox.folder.file(".config/tfguard/evidence-key.pem")] {
            #expect(try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int == 0o600, "\(file)")
        }
    }

    @Test func evidenceThatWasTamperedWithIsRejected() async throws {
        let sandbox = try Sandbox()
        let evidence = try #require(try await sandbox.run("drill", "--json", "--terraform", "none").document["evidence"] as? [String: Any])
        let path = try #require(evidence["document"] as? String)
        let text = String(decoding: try readFile(path), as: UTF8.self)
        try Data(text.replacingOccurrences(of: "\"restored\": true", with: "\"restored\": false").utf8).write(to: URL(filePath: path))
        let command = try #require((evidence["check"] as? [String])?.first)
        #expect(try await runProcess(["/bin/sh", "-c", command]).status != 0)
        // Another key does not do either.
        #expect(try await runProcess(["openssl", "genpkey", "-algorithm", "ed25519", "-out", sandbox.folder.file("other.pem")]).status == 0)
        let again = try await sandbox.run("drill", "--json", "--terraform", "none", "--signing-key", "other.pem")
        #expect(again.status == 0, "a key that openssl made: \(again.errors)")
        let other = try #require(try again.document["evidence"] as? [String: Any])
        #expect(other["public_key"] as? String != evidence["public_key"] as? String)
        let foreign = try #require((other["check"] as? [String])?.first).replacingOccurrences(of: try #require(other["public_key"] as? String), with: try #require(evidence["public_key"] as? String))
        #expect(try await runProcess(["/bin/sh", "-c", foreign]).status != 0)
    }

    @Test func aScratchPrefixOfTheBucketIsEmptyAfterwards() async throws {
        let sandbox = try Sandbox()
        let refused = try await sandbox.run("drill", "primary", "--into", "primary", "--terraform", "none")
        #expect(refused.status == 64 && refused.errors.contains("--yes"), "\(refused.errors)")
        let outcome = try await sandbox.run("drill", "primary", "--into", "primary", "--terraform", "none", "--yes", "--json")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let written = sandbox.s3.requests.filter { $0.http.method == "PUT" }.map(\.key)
        #expect(written.count == 2 && written.allSatisfy { $0.hasPrefix(".tfguard/drill/") })
        for key in written { #expect(sandbox.s3.versions(of: key, in: Sandbox.bucket).isEmpty, "not even a delete marker") }
        #expect(sandbox.s3.versions(of: "network/terraform.tfstate", in: Sandbox.bucket).count == 3)
    }

    @Test func theScratchIsCleanedUpAlsoWhenItCannotBeReadBack() async throws {
        let sandbox = try Sandbox()
        sandbox.s3.inject(.accessDenied) { $0.operation == .getObject && $0.key.hasPrefix(".tfguard/drill/") && $0.key.hasSuffix("app/terraform.tfstate") }
        let outcome = try await sandbox.run("drill", "primary", "--into", "primary", "--terraform", "none", "--yes", "--json")
        #expect(outcome.status == 3, "\(outcome.errors)")
        let states = try #require(try outcome.document["states"] as? [[String: Any]])
        #expect(states.map { $0["restored"] as? Bool } == [false, true])
        for key in sandbox.s3.requests.filter({ $0.http.method == "PUT" }).map(\.key) { #expect(sandbox.s3.versions(of: key, in: Sandbox.bucket).isEmpty) }
    }

    @Test func theVaultAloneIsEnoughAndWhatItGivesOutIsNamed() async throws {
        let sandbox = try Sandbox()
        #expect(try await sandbox.run("snapshot").status == 0)
        sandbox.s3.inject(.internalError)
        let outcome = try await sandbox.run("drill", "vault:primary", "--json", "--terraform", "none")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try (outcome.document["states"] as? [[String: Any]])?.map { $0["origin"] as? String } == ["vault", "vault"])
    }

    @Test func anObjectiveThatIsMissedIsAFinding() async throws {
        let sandbox = try Sandbox()
        try sandbox.configure(more: "drill: { recovery_time: 1s }")
        sandbox.s3.inject(.wire(.delay(.milliseconds(1200)))) { $0.operation == .getObject }
        let outcome = try await sandbox.run("drill", "--json", "--terraform", "none")
        #expect(outcome.status == 2, "\(outcome.errors)")
        #expect(try outcome.document["objective_met"] as? Bool == false)
    }

    @Test func aDamagedVersionIsNotTakenForGoodAndTheLastGoodOneIs() async throws {
        let sandbox = try Sandbox()
        sandbox.s3.put(S3StandIn.Body("{\"version\": 4,"), key: "app/terraform.tfstate", bucket: Sandbox.bucket)
        let good = try await sandbox.run("drill", "primary:app", "--json", "--terraform", "none")
        #expect(try good.status == 0 && (good.document["states"] as? [[String: Any]])?.first?["serial"] as? Int == 7, "\(good.errors)")
        let bad = try await sandbox.run("drill", "primary:app@-0", "--json", "--terraform", "none")
        #expect(bad.status == 64 || bad.status == 1, "\(bad.output)")
    }

    @Test func aKeyThatOthersCanReadSignsNothing() async throws {
        let sandbox = try Sandbox()
        #expect(try await runProcess(["openssl", "genpkey", "-algorithm", "ed25519", "-out", sandbox.folder.file("open.pem")]).status == 0)
        #expect(chmod(sandbox.folder.file("open.pem"), 0o644) == 0)
        let outcome = try await sandbox.run("drill", "--terraform", "none", "--signing-key", "open.pem")
        #expect(outcome.status == 1 && outcome.errors.contains("Others can read this key"), "\(outcome.errors)")
    }
}
