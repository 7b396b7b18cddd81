import Foundation
import TestSupport
import Testing
import Vault

@Suite struct SnapshotsTests {
    let folder: TemporaryDirectory

    init() throws { folder = try TemporaryDirectory("snapshots") }

    @Test func noVaultExitsWith10() async throws {
        let outcome = try await TFGuardBinary.run("snapshots", "--vault", folder.file("nowhere"), "--json", in: folder)
        #expect(outcome.status == 10)
        #expect(outcome.errors.contains("There is no vault here."))
        #expect(try outcome.document["exit_code"] as? Int == 10)
        try folder.write("x", to: "other/file")
        #expect(try await TFGuardBinary.run("snapshots", "--vault", folder.file("other"), in: folder).status == 10)
    }

    @Test func listsAndShowsSnapshots() async throws {
        let id = try await SampleVault.make(at: folder.file("vault"))
        let list = try await TFGuardBinary.run("snapshots", in: folder, environment: ["TFGUARD_VAULT": "vault"])
        #expect(list.status == 0, "\(list.errors)")
        #expect(list.output.contains("\(id.hex.prefix(8))  2026-11-22T14:02:14Z  primary       1         2"))
        #expect(list.output.hasSuffix("1 snapshot in \(folder.path)/vault.\n"))
        let one = try await TFGuardBinary.run("snapshots", String(id.hex.prefix(7)), "--json", "--vault", "vault", in: folder)
        #expect(one.status == 0, "\(one.errors)")
        let document = try one.document
        #expect(document["snapshot_id"] as? String == id.hex)
        let states = try #require(document["state_list"] as? [[String: Any]])
        #expect(states.first?["reference"] as? String == "primary:network/terraform.tfstate")
        #expect(states.first?["serial"] as? Int == 2)
        #expect(states.first?["version_id"] as? String == "version-2-abcdefgh")
    }

    @Test func anUnknownSnapshotIsAnError() async throws {
        try await SampleVault.make(at: folder.file("vault"))
        let outcome = try await TFGuardBinary.run("snapshots", "ffffffffffff", "--vault", "vault", in: folder)
        #expect(outcome.status == 1)
        #expect(outcome.errors == "tfguard: ffffffffffff: There is no such snapshot.\n  tfguard snapshots lists them.\n")
    }

    @Test func hostileNamesReachNoTerminal() async throws {
        try await SampleVault.make(at: folder.file("vault"), key: "::error::\u{1B}[2J\u{202E}/terraform.tfstate")
        for format in ["table", "markdown", "html", "json"] {
            let outcome = try await TFGuardBinary.run(
                "snapshots", String(await newest()), "--vault", "vault", "-f", format, in: folder)
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(!outcome.output.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0 == "\u{202E}" })
            #expect(outcome.output.contains("202e"))
        }
    }

    @Test func coloursNeedATerminal() async throws {
        try await SampleVault.make(at: folder.file("vault"))
        let script = "script -qec '\(TFGuardBinary.path) snapshots --vault vault ARG' /dev/null"
        func onTerminal(_ argument: String, _ environment: [String: String] = [:]) async throws -> String {
            try await runProcess(
                ["/bin/bash", "-c", script.replacingOccurrences(of: "ARG", with: argument)],
                environment: ["PATH": "/usr/bin:/bin", "HOME": folder.path, "TERM": "xterm"].merging(environment) { $1 },
                workingDirectory: folder.path
            ).output
        }
        #expect(try await onTerminal("").contains("\u{1B}[1m"))
        #expect(try await !onTerminal("--no-color").contains("\u{1B}"))
        #expect(try await !onTerminal("", ["NO_COLOR": "1"]).contains("\u{1B}"))
        #expect(try await !onTerminal("", ["TERM": "dumb"]).contains("\u{1B}"))
        #expect(try await !TFGuardBinary.run("snapshots", "--vault", "vault", in: folder).output.contains("\u{1B}"))
    }

    private func newest() async -> Substring {
        let outcome = try? await TFGuardBinary.run("snapshots", "--vault", "vault", "--json", in: folder)
        let list = (try? outcome?.document["snapshots"]) as? [[String: Any]]
        return (list?.first?["snapshot_id"] as? String ?? "none").prefix(12)
    }
}
