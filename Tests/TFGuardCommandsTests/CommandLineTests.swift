import Foundation
import TestSupport
import Testing

@Suite struct CommandLineTests {
    let folder: TemporaryDirectory

    init() throws { folder = try TemporaryDirectory("commands") }

    @Test func helpEndsWithTheExitStatuses() async throws {
        let outcome = try await TFGuardBinary.run("--help", in: folder)
        #expect(outcome.status == 0)
        #expect(outcome.errors.isEmpty)
        for line in ["0    done", "2    differences", "3    partial", "10   no vault", "11   locked", "12   wrong", "64   usage", "130  inter"] {
            #expect(outcome.output.contains("\n  \(line)"), "\(line)")
        }
    }

    @Test func everyCommandsHelpEndsWithStatusesAndExamples() async throws {
        for words in try await commands() {
            let outcome = try await TFGuardBinary.run(words + ["--help"], in: folder)
            #expect(outcome.status == 0)
            let parts = outcome.output.components(separatedBy: "\nEXIT STATUS:\n")
            #expect(parts.count == 2, "\(words)")
            #expect(parts.last?.contains("\nEXAMPLES:\n  tfguard \(words.joined(separator: " "))") == true, "\(words)")
            #expect(!parts[0].contains("EXIT STATUS"))
        }
    }

    @Test func everyFlagNamesItsEnvironmentVariable() async throws {
        let dump = try await TFGuardBinary.run("--experimental-dump-help", in: folder)
        let root = try #require(try dump.document["command"] as? [String: Any])
        var flags = 0
        func check(_ command: [String: Any]) {
            for argument in command["arguments"] as? [[String: Any]] ?? [] where argument["kind"] as? String != "positional" {
                let name = argument["valueName"] as? String ?? ""
                guard !["help", "version"].contains(name) else { continue }
                flags += 1
                let text = argument["abstract"] as? String ?? ""
                #expect(text.contains(/\[\$TFGUARD_[A-Z_]+\]/), "\(command["commandName"] ?? "") \(name): \(text)")
            }
            for child in command["subcommands"] as? [[String: Any]] ?? [] { check(child) }
        }
        check(root)
        #expect(flags > 8)
    }

    @Test(arguments: [
        ["nope"], ["snapsho"], ["init", "--nope"], ["init", "--format", "xml"], ["completions"], ["completions", "tcsh"], ["init", "a", "b"],
    ])
    func mistakesExitWith64AndSayWhereToLook(arguments: [String]) async throws {
        let outcome = try await TFGuardBinary.run(arguments, in: folder)
        #expect(outcome.status == 64)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.hasPrefix("tfguard: "))
        #expect(outcome.errors.split(separator: "\n").count >= 2, "no next step: \(outcome.errors)")
    }

    @Test func aMisspeltCommandGetsTheNearestName() async throws {
        let outcome = try await TFGuardBinary.run("completion", "bash", in: folder)
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("Did you mean completions?"))
    }

    @Test(arguments: [["--json"], ["--format", "json"], ["-f", "json"], ["--format=json"]])
    func aMistakeStillGivesADocument(flags: [String]) async throws {
        let outcome = try await TFGuardBinary.run(["init", "--nope"] + flags, in: folder)
        #expect(outcome.status == 64)
        let document = try outcome.document
        #expect(document["format_version"] as? String == "1")
        #expect(document["command"] as? String == "init")
        #expect(document["exit_code"] as? Int == 64)
        let problems = try #require(document["problems"] as? [[String: String]])
        #expect(problems.first?["message"]?.contains("--nope") == true)
        #expect(problems.first?["hint"]?.isEmpty == false)
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func completionsKnowTheCommands(shell: String) async throws {
        let outcome = try await TFGuardBinary.run("completions", shell, in: folder)
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("completions"))
        #expect(outcome.output.contains("no-progress"))
        guard shell == "bash" else { return }
        let check = try await runProcess(["/bin/bash", "-n"], input: outcome.standardOutput)
        #expect(check.status == 0, "\(check.errors)")
    }

    @Test func aFullDiskIsAnErrorAndAClosedPipeIsNot() async throws {
        let full = try await shell("\(TFGuardBinary.path) completions bash > /dev/full")
        #expect(full.status == 1)
        #expect(full.errors.contains("No space left on device"))
        let closed = try await shell("set -o pipefail; for i in 1 2 3 4 5; do \(TFGuardBinary.path) completions bash; done | head -c 1 >/dev/null; echo ${PIPESTATUS[0]}")
        #expect(closed.output == "0\n")
        #expect(closed.errors.isEmpty)
    }

    @Test(arguments: [("TFGUARD_JSON", "maybe"), ("TFGUARD_FORMAT", "xml"), ("TFGUARD_VERBOSE", "loud"), ("TFGUARD_PROGRESS", "bar")])
    func aVariableThatMakesNoSenseIsNamed(name: String, value: String) async throws {
        let outcome = try await TFGuardBinary.run("init", in: folder, environment: [name: value])
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("tfguard: \(name): \"\(value)\""))
    }

    private func shell(_ script: String) async throws -> ProcessOutcome {
        try await runProcess(["/bin/bash", "-c", script], environment: ["PATH": "/usr/bin:/bin", "HOME": folder.path])
    }

    /// The words of all commands that do something, from the parser's own description.
    private func commands() async throws -> [[String]] {
        let dump = try await TFGuardBinary.run("--experimental-dump-help", in: folder)
        let root = try #require(try dump.document["command"] as? [String: Any])
        func leaves(_ command: [String: Any], _ words: [String]) -> [[String]] {
            let children = command["subcommands"] as? [[String: Any]] ?? []
            if children.isEmpty { return [words] }
            return children.flatMap { child in
                let name = child["commandName"] as? String ?? ""
                return name == "help" ? [] : leaves(child, words + [name])
            }
        }
        return leaves(root, [])
    }
}
