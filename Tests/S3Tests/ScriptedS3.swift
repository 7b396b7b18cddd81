import AWSIdentity
import HTTPTransport
import S3
import Synchronization
import TestSupport
import Timestamps

/// A client on a scripted server. Waiting takes no time but is recorded; the clock moves only by waiting.
final class ScriptedS3: Sendable {
    let server: ScriptedServer
    let client: S3Client
    let provider: CountingProvider
    private let log: WaitLog

    init(
        credentials: CountingProvider = CountingProvider(), now: @escaping @Sendable () -> Timestamp = { Timestamp.now() },
        _ change: (inout S3Configuration) -> Void = { _ in }, _ handler: @escaping ScriptedServer.Handler
    ) throws {
        server = try ScriptedServer(handler)
        provider = credentials
        var configuration = S3Configuration(region: "us-east-1", endpoint: server.url)
        configuration.limits.stallTime = .seconds(30)
        change(&configuration)
        let waits = WaitLog()
        client = S3Client(
            configuration, credentials: credentials, http: try CurlClient(),
            clock: S3Clock(now: now, sleep: { waits.add($0) }, jitter: { 0.5 }))
        log = waits
    }

    var bucket: S3Bucket { client.bucket("states") }
    /// How long the client waited before each retry.
    var slept: [Duration] { log.all }
    var targets: [String] { server.requests.map(\.target) }
}

private final class WaitLog: Sendable {
    private let waits = Mutex<[Duration]>([])
    func add(_ wait: Duration) { waits.withLock { $0.append(wait) } }
    var all: [Duration] { waits.withLock { $0 } }
}

/// Gives `AKIA1`, after the first invalidation `AKIA2`, and so on.
final class CountingProvider: CredentialProvider {
    private let generation = Mutex(1)

    func credentials() async throws -> AWSCredentials {
        AWSCredentials(accessKeyID: "AKIA\(generation.withLock { $0 })", secretAccessKey: "secret-of-the-test")
    }

    func invalidate(_ refused: AWSCredentials) async {
        generation.withLock { if refused.accessKeyID == "AKIA\($0)" { $0 += 1 } }
    }
}

extension ScriptedResponse {
    static func s3Error(_ status: Int, _ code: String, _ message: String = "told", extra: String = "", headers: [(name: String, value: String)] = []) -> ScriptedResponse {
        .text(
            status, "<?xml version=\"1.0\"?><Error><Code>\(code)</Code><Message>\(message)</Message>\(extra)<RequestId>R1</RequestId><HostId>H1</HostId></Error>",
            headers: [("Content-Type", "application/xml"), ("x-amz-request-id", "R1")] + headers)
    }

    /// An object as S3 answers it.
    static func object(
        _ body: [UInt8], etag: String = "\"etag\"", version: String? = "v1", headers: [(name: String, value: String)] = [], status: Int = 200,
        framing: Framing = .length, faults: [Fault] = []
    ) -> ScriptedResponse {
        var all = [(name: "ETag", value: etag), ("Last-Modified", "Sun, 22 Nov 2026 14:02:14 GMT")] + headers
        if let version { all.append(("x-amz-version-id", version)) }
        return ScriptedResponse(status, headers: all, body: body, framing: framing, faults: faults)
    }
}
