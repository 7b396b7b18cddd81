import Foundation
import Testing
import Timestamps

@testable import AWSIdentity

@Suite("credential_process") struct ProgramSourceTests {
    @Test("a command line is split as a shell quotes it, and nothing else of a shell is there", arguments: [
        ("/bin/p a  b\tc", ["/bin/p", "a", "b", "c"]), ("p 'a b' \"c \\\"d\\\" \\x $HOME\"", ["p", "a b", "c \"d\" \\x $HOME"]),
        ("p a\\ b ''", ["p", "a b", ""]), ("p a;rm -rf / | cat `id` $(id) > /x", ["p", "a;rm", "-rf", "/", "|", "cat", "`id`", "$(id)", ">", "/x"]),
        ("'/my tools/p' x'y'\"z\"", ["/my tools/p", "xyz"]),
    ])
    func splitting(text: String, words: [String]) throws {
        #expect(try CommandLineWords.split(text) == words)
    }

    @Test("an open quote, a last backslash and an empty command are refused", arguments: ["p 'a", "p \"a", "p \\", "", "  ", "'' x"])
    func unreadable(text: String) {
        #expect(throws: ProgramError.self) { try CommandLineWords.split(text) }
    }

    private func fetch(_ command: String, environment: [String: String] = [:]) async throws -> AWSCredentials {
        var environment = environment
        environment["PATH"] = "/usr/bin:/bin"
        let world = IdentityWorld(
            environment: environment, http: ReplayingClient(), now: { Timestamp(seconds: 1_700_000_000) })
        return try await ProgramSource(world: world, command: command, name: "profile p").fetch()
    }

    @Test("the keys a program prints are taken, and the program sees the given environment only") func success() async throws {
        let command = """
            sh -c 'printf "{\\"Version\\":1,\\"AccessKeyId\\":\\"$KEY\\",\\"SecretAccessKey\\":\\"s\\",\\"SessionToken\\":\\"t\\",\
            \\"Expiration\\":\\"2033-05-18T03:33:20Z\\",\\"AccountId\\":\\"1\\"}"'
            """
        let credentials = try await fetch(command, environment: ["KEY": "AKID"])
        #expect(
            credentials
                == AWSCredentials(
                    accessKeyID: "AKID", secretAccessKey: "s", sessionToken: "t",
                    expiration: Timestamp(seconds: 2_000_000_000), accountID: "1"))
        let seen = try await LocalPrograms().run(
            "env", environment: ["A": "b", "PATH": "/usr/bin:/bin"], outputLimit: 100, timeout: .seconds(20))
        let variables = String(decoding: seen.bytes, as: UTF8.self).split(separator: "\n").sorted()
        #expect(variables == ["A=b", "PATH=/usr/bin:/bin"])
    }

    @Test("a failing, missing, babbling or lying program is a typed error without its output", arguments: [
        ("sh -c 'echo hush; echo hush >&2; exit 3'", "exit status: 3"), ("no-such-program-here", "no program"),
        ("/no/such/program", "no program"), ("exit 1", "no program"), ("/", "could not be started"),
        ("echo hush", "invalid JSON"), ("echo '{\"Version\":2,\"AccessKeyId\":\"hush\",\"SecretAccessKey\":\"x\"}'", "Version 2"),
        ("echo '{\"Version\":1,\"AccessKeyId\":\"hush\"}'", "no AccessKeyId and SecretAccessKey"),
        ("echo '{\"Version\":1,\"AccessKeyId\":\"hush\",\"SecretAccessKey\":\"x\",\"Expiration\":\"2001-01-01T00:00:00Z\"}'", "expired"),
        ("echo a | base64 --decode", "invalid JSON"), ("sh -c 'kill -9 $$'", "signal 9"),
    ])
    func failures(command: String, words: String) async throws {
        do {
            let credentials = try await fetch(command)
            Issue.record("gave \(credentials)")
        } catch let error as CredentialSourceError {
            #expect("\(error)".contains(words), "\(error)")
            #expect(!"\(error)".contains("hush"))
        }
    }

    @Test("a program without end is ended with all it started, when its time is up") func timeout() async throws {
        let marker = "7\(Int.random(in: 100_000...999_999))"
        let start = ContinuousClock.now
        await #expect(throws: ProgramError.timedOut("sh", after: .milliseconds(300))) {
            try await LocalPrograms().run(
                "sh -c 'sleep \(marker) & sleep \(marker)'", environment: ["PATH": "/usr/bin:/bin"], outputLimit: 10,
                timeout: .milliseconds(300))
        }
        #expect(ContinuousClock.now - start < .seconds(60), "the sleeps last for days")
        #expect(try await isGone("sleep\u{0}\(marker)"))
    }

    @Test("a program that floods is ended at the limit") func flood() async throws {
        await #expect(throws: ProgramError.tooMuchOutput("yes", limit: 4096)) {
            try await LocalPrograms().run(
                "yes", environment: ["PATH": "/usr/bin:/bin"], outputLimit: 4096, timeout: .seconds(20))
        }
    }

    @Test("cancelling the task ends the program") func cancellation() async throws {
        let marker = "8\(Int.random(in: 100_000...999_999))"
        let task = Task {
            try await LocalPrograms().run(
                "sleep \(marker)", environment: ["PATH": "/usr/bin:/bin"], outputLimit: 10, timeout: .seconds(60))
        }
        while try running("sleep\u{0}\(marker)") == 0 { try await Task.sleep(for: .milliseconds(5)) }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try await isGone("sleep\u{0}\(marker)"))
    }

    /// Whether no process has this in its command line, at the latest after some seconds: a killed process takes a
    /// moment to go.
    private func isGone(_ text: String) async throws -> Bool {
        for _ in 0..<3000 {
            if try running(text) == 0 { return true }
            try await Task.sleep(for: .milliseconds(10))
        }
        return false
    }

    /// How many processes have this in their command line.
    private func running(_ text: String) throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { name in
            guard name.allSatisfy(\.isNumber), let data = FileManager.default.contents(atPath: "/proc/\(name)/cmdline") else {
                return false
            }
            return String(decoding: data, as: UTF8.self).hasPrefix(text)
        }.count
    }
}
