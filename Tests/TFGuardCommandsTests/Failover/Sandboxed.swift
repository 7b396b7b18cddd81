import Foundation
import TestSupport

/// samples/sandbox.sh with two regions of its own; stopped when it is let go, and at the latest when the test process ends.
final class Sandboxed: Sendable {
    let primary: String
    let dr: String
    private let data: TemporaryDirectory
    private let environment: [String: String]
    private let guardian: ChildProcess

    private init(_ port: Int, _ data: TemporaryDirectory, _ environment: [String: String]) throws {
        (primary, dr) = ("http://127.0.0.1:\(port)", "http://127.0.0.1:\(port + 100)")
        (self.data, self.environment) = (data, environment)
        guardian = try ChildProcess(["/bin/sh", "-c", "while kill -0 $1 2>/dev/null; do sleep 1; done; \(Self.script) stop $2", "guardian", "\(getpid())", data.path], environment: environment)
    }

    deinit {
        guardian.signal(SIGKILL)
        // What it started ends with its data.
        let stop = Process()
        (stop.executableURL, stop.arguments) = (URL(filePath: Self.script), ["stop", data.path])
        if (try? stop.run()) != nil { stop.waitUntilExit() }
    }

    private static let script = SharedFixtures.packageRoot + "/samples/sandbox.sh"

    static func start() async throws -> Sandboxed {
        var reason = ""
        for _ in 0..<5 {
            let port = Int.random(in: 23_500..<23_850)
            let data = try TemporaryDirectory("sandbox")
            var environment = ["PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": data.path, "TFGUARD_SANDBOX_PRIMARY_PORT": "\(port)", "TFGUARD_SANDBOX_DR_PORT": "\(port + 100)"]
            environment["TFGUARD_TEST_VENV"] = ProcessInfo.processInfo.environment["TFGUARD_TEST_VENV"]
            let outcome = try await runProcess([script, "start", data.path], environment: environment)
            if outcome.status == 0 { return try Sandboxed(port, data, environment) }
            reason = outcome.errors
        }
        throw UnexpectedEnding(command: "sandbox.sh start", text: reason)
    }

    func run(_ verb: String, _ argument: String...) async throws {
        let outcome = try await runProcess([Self.script, verb, data.path] + argument, environment: environment)
        guard outcome.status == 0 else { throw UnexpectedEnding(command: "sandbox.sh \(verb)", text: outcome.output + outcome.errors) }
    }
}
