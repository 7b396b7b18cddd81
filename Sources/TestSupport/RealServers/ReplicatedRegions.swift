internal import Glibc

/// Two regions with real replication between them, of `samples/sandbox.sh`: two SeaweedFS clusters and `filer.sync`. Ended
/// when it is let go, and at the latest when the test process ends.
public final class ReplicatedRegions: Sendable {
    /// Keys with all rights on both sides.
    public static let accessKeyID = "AKIATFGUARDLOCAL"
    public static let secretAccessKey = "tfguardlocalsecret"

    /// The processes that can be stopped and killed.
    public enum Part: String, Sendable, CaseIterable {
        /// What replicates.
        case sync
        case dr, primary
    }

    private static let script = SharedFixtures.packageRoot + "/samples/sandbox.sh"

    private let folder: TemporaryDirectory
    private let ports: RegionPorts
    private let environment: [String: String]
    private let guardian: ChildProcess

    /// Starts both. Ports that somebody else takes meanwhile are given up for others.
    /// - Throws: ``RealServerUnavailable``.
    public init() async throws {
        var reason = ""
        for _ in 0..<5 {
            let folder = try TemporaryDirectory("regions")
            let ports = RegionPorts()
            let environment = Self.environment(ports)
            // There before they are: a test process may end while they start.
            let guardian = try ChildProcess(["/bin/sh", "-c", Self.watch, "guardian", "\(getpid())", Self.script, folder.file("run")], environment: environment)
            let outcome = try await runProcess(["/bin/bash", Self.script, "start", folder.file("run")], environment: environment, timeout: .seconds(300))
            if outcome.status == 0 {
                (self.folder, self.ports, self.environment, self.guardian) = (folder, ports, environment, guardian)
                return
            }
            guardian.signal(SIGKILL)
            _ = try await runProcess(["/bin/bash", Self.script, "stop", folder.file("run")], environment: environment)
            reason = String(outcome.errors.suffix(600))
        }
        throw RealServerUnavailable(kind: .seaweedfs, reason: reason)
    }

    deinit {
        guardian.signal(SIGKILL)
        // What they wrote goes with them: nothing is lost by not waiting.
        for part in Part.allCases { signal(part, SIGKILL) }
        if let stop = try? ChildProcess(["/bin/bash", Self.script, "stop", folder.file("run")], environment: environment) {
            for _ in 0..<3000 where stop.poll() == nil { usleep(10_000) }
        }
    }

    private static let watch = #"while kill -0 "$1" 2>/dev/null; do sleep 1; done; exec bash "$2" stop "$3""#

    private static func environment(_ ports: RegionPorts) -> [String: String] {
        [
            "PATH": "/usr/local/bin:/usr/bin:/bin", "TFGUARD_TEST_VENV": getenv("TFGUARD_TEST_VENV").map { String(cString: $0) } ?? "",
            "TFGUARD_SANDBOX_PRIMARY_PORT": "\(ports.primary)", "TFGUARD_SANDBOX_DR_PORT": "\(ports.dr)",
        ].filter { !$0.value.isEmpty }
    }

    /// `http://127.0.0.1:PORT` of one side.
    public func endpoint(_ side: Part) -> String { "http://127.0.0.1:\(side == .primary ? ports.primary : ports.dr)" }

    /// `samples/sandbox.sh` with a verb: `fail`, `return`, `replication on`, …
    /// - Throws: ``RealServerUnavailable`` when it fails.
    public func run(_ verb: String, _ arguments: String...) async throws {
        let outcome = try await runProcess(["/bin/bash", Self.script, verb, folder.file("run")] + arguments, environment: environment, timeout: .seconds(300))
        guard outcome.status == 0 else {
            throw RealServerUnavailable(kind: .seaweedfs, reason: "sandbox.sh \(verb) \(arguments): \((outcome.output + outcome.errors).suffix(600))")
        }
    }

    /// Asks until it is so. Whenever nothing came of it for a while, replication is started again and reads everything once
    /// more from the beginning, because filer.sync now and then drops an event for good.
    ///
    /// - Parameters:
    ///   - patience: how long to wait before each new start.
    ///   - isSo: what to wait for. An error counts as not yet.
    /// - Returns: whether it came to be, at the latest after three new starts.
    public func replicates(patience: Duration = .seconds(20), until isSo: () async throws -> Bool) async throws -> Bool {
        for attempt in 0...3 {
            if attempt > 0 { try await run("replication", "again") }
            let start = ContinuousClock.now
            repeat {
                if await (try? isSo()) == true {
                    guard attempt > 0 else { return true }
                    // What is read once more must not go on while the caller takes the regions apart.
                    try await Task.sleep(for: .seconds(4))
                    if await (try? isSo()) == true { return true }
                }
                try await Task.sleep(for: .milliseconds(100))
            } while ContinuousClock.now - start < patience
        }
        return false
    }

    /// Sends a signal to one of the processes: SIGSTOP and SIGCONT, or SIGKILL.
    public func signal(_ part: Part, _ number: Int32) {
        guard let text = try? String(decoding: folder.read("run/\(part.rawValue).pid"), as: UTF8.self), let pid = pid_t(text.split(whereSeparator: \.isWhitespace).first ?? "") else { return }
        kill(pid, number)
    }
}

/// The S3 ports of both regions, from which all their other ports follow; below those that the kernel gives out to clients.
private struct RegionPorts {
    let primary = UInt16.random(in: 10_000..<20_000)
    var dr: UInt16 { primary + 100 }
}
