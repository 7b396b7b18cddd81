public import Glibc

/// A real S3 server on a free port of 127.0.0.1, ended with everything it wrote when it is let go, and at the latest
/// when the test process ends, however it ends.
public final class RealServer: Sendable {
    public let kind: RealServerKind
    /// `http://127.0.0.1:PORT`. Path style.
    public let endpoint: String
    /// Keys with all rights. Signatures made with them are checked where ``RealServerKind/checksSignatures`` says so.
    public let accessKeyID: String
    public let secretAccessKey: String
    /// The region to sign for.
    public let region = "us-east-1"
    private let process: ChildProcess

    private init(_ kind: RealServerKind, port: UInt16, keys: (id: String, secret: String), process: ChildProcess) {
        (self.kind, self.endpoint, self.process) = (kind, "http://127.0.0.1:\(port)", process)
        (self.accessKeyID, self.secretAccessKey) = keys
    }

    deinit { stop() }

    /// Ends the server and waits for its end. Harmless when repeated.
    public func stop() {
        process.signal(SIGTERM)
        // The guardian needs a moment: it must not be killed before it has killed the server.
        for _ in 0..<500 where process.poll() == nil { usleep(10_000) }
    }

    /// The process that guards the server, for its pid.
    public var pid: pid_t { process.pid }

    /// Starts a server of its own, in about a second once it is installed.
    /// - Throws: ``RealServerUnavailable``.
    public static func start(_ kind: RealServerKind) async throws -> RealServer {
        let program = try await ServerEnvironment.program(of: kind)
        // Between the choice of its ports and their use, somebody else may take one.
        for _ in 1...2 {
            if let server = try? await launch(kind, program) { return server }
            try Task.checkCancellation()
        }
        return try await launch(kind, program)
    }

    private static func launch(_ kind: RealServerKind, _ program: String) async throws -> RealServer {
        let data = try ServerFolder.make()
        let ports = try LoopbackPort.free(9)
        try ServerFolder.write(ports.map(String.init).joined(separator: " "), to: "\(data)/ports")
        let process = try ChildProcess(["/bin/sh", "-c", guardian, "guardian", "\(getpid())", data] + command(kind, program, data, ports), environment: environment(kind, ports[0]))
        let path = healthPath(kind)
        let start = ContinuousClock.now
        while !LoopbackPort.answers(ports[0], path: path) {
            guard process.poll() == nil, ContinuousClock.now - start < .seconds(120) else {
                process.signal(SIGTERM)
                throw RealServerUnavailable(kind: kind, reason: "it did not come up: \(process.errorsSoFar.suffix(300))")
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        // ministack takes any signature of its root key, so tests sign with a user's.
        let keys = kind == .ministack ? try await makeUser(ports[0]) : (adminKeyID, adminSecret)
        return RealServer(kind, port: ports[0], keys: keys, process: process)
    }

    /// Runs the server, and ends it and removes its data when told to, or when the test process is gone.
    private static let guardian = """
        parent=$1; data=$2; shift 2
        "$@" >"$data/log" 2>&1 & child=$!
        end() {
          kill -9 $child 2>/dev/null; wait $child 2>/dev/null
          # SeaweedFS leaves its sockets behind.
          for port in $(cat "$data/ports"); do rm -f /tmp/seaweedfs-*-"$port".sock; done
          rm -rf "$data"; exit
        }
        trap end TERM INT
        while kill -0 "$parent" 2>/dev/null && kill -0 $child 2>/dev/null; do sleep 1 & wait $!; done
        tail -c 300 "$data/log" >&2
        end
        """

    private static let adminKeyID = "AKIATFGUARDTEST"
    private static let adminSecret = "tfguardtestsecret"

    private static func command(_ kind: RealServerKind, _ program: String, _ data: String, _ ports: [UInt16]) throws -> [String] {
        switch kind {
        case .seaweedfs:
            try ServerFolder.write(
                #"{"identities":[{"name":"admin","credentials":[{"accessKey":"\#(adminKeyID)","secretKey":"\#(adminSecret)"}],"actions":["Admin","Read","Write","List","Tagging"]}]}"#,
                to: "\(data)/identities.json")
            let roles = ["s3.port", "s3.port.grpc", "master.port", "master.port.grpc", "volume.port", "volume.port.grpc", "filer.port", "filer.port.grpc", "admin.port"]
            return [program, "-logtostderr=true", "mini", "-dir=\(data)", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-s3.config=\(data)/identities.json",
                "-webdav=false", "-admin.ui=false", "-s3.port.iceberg=0", "-s3.port.lance=0", "-master.telemetry=false"] + zip(roles, ports).map { "-\($0)=\($1)" }
        case .ministack: return [program]
        case .moto: return [program, "-H", "127.0.0.1", "-p", "\(ports[0])"]
        }
    }

    private static func environment(_ kind: RealServerKind, _ port: UInt16) -> [String: String] {
        var environment = ["PATH": getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin", "HOME": "/nonexistent", "LANG": "C.UTF-8"]
        if kind == .ministack {
            environment.merge(["AUTH": "true", "BIND_HOST": "127.0.0.1", "GATEWAY_PORT": "\(port)", "SERVICES": "s3,sts,iam,dynamodb,kms"]) { $1 }
        }
        return environment
    }

    private static func makeUser(_ port: UInt16) async throws -> (String, String) {
        do {
            return try await EmulatedAccount(port: port).makeUser("tfguard")
        } catch let error as EmulatedAccountError {
            throw RealServerUnavailable(kind: .ministack, reason: "no IAM user could be made: \(error)")
        }
    }

    private static func healthPath(_ kind: RealServerKind) -> String {
        switch kind {
        case .seaweedfs: "/healthz"
        case .ministack: "/_ministack/health"
        case .moto: "/moto-api/"
        }
    }
}
