internal import Glibc

/// Two regions with real replication between them, of `samples/sandbox.sh`: two SeaweedFS clusters and `filer.sync`. Ended
/// when it is let go.
public final class ReplicatedRegions: Sendable {
    private let folder: TemporaryDirectory
    private let ports: (primary: UInt16, dr: UInt16)
    /// Keys with all rights on both sides.
    public static let accessKeyID = "AKIATFGUARDLOCAL"
    public static let secretAccessKey = "tfguardlocalsecret"

    /// The processes that can be stopped and killed.
    public enum Part: String, Sendable, CaseIterable {
        /// What replicates.
        case sync
        case dr, primary
    }

    /// - Throws: ``RealServerUnavailable``.
    public init() async throws {
        folder = try TemporaryDirectory("regions")
        // Every port of a cluster lies at a fixed distance from its S3 port.
        ports = (UInt16(20_300 + Int(getpid()) % 40), UInt16(20_400 + Int(getpid()) % 40))
        let environment = [
            "PATH": "/usr/bin:/bin", "TFGUARD_TEST_VENV": getenv("TFGUARD_TEST_VENV").map { String(cString: $0) } ?? "",
            "TFGUARD_SANDBOX_PRIMARY_PORT": "\(ports.primary)", "TFGUARD_SANDBOX_DR_PORT": "\(ports.dr)",
        ].filter { !$0.value.isEmpty }
        let script = SharedFixtures.packageRoot + "/samples/sandbox.sh"
        let outcome = try await runProcess(["/bin/bash", script, "start", folder.file("run")], environment: environment, timeout: .seconds(120))
        guard outcome.status == 0 else { throw RealServerUnavailable(kind: .seaweedfs, reason: outcome.errors) }
    }

    deinit {
        for part in Part.allCases {
            signal(part, SIGCONT)
            signal(part, SIGKILL)
        }
    }

    /// `http://127.0.0.1:PORT` of one side.
    public func endpoint(_ side: Part) -> String { "http://127.0.0.1:\(side == .primary ? ports.primary : ports.dr)" }

    public func signal(_ part: Part, _ number: Int32) {
        guard let text = try? String(decoding: folder.read("run/\(part.rawValue).pid"), as: UTF8.self), let pid = pid_t(text.split(whereSeparator: \.isWhitespace).first ?? "") else { return }
        kill(pid, number)
    }
}
