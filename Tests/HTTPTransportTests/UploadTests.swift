import HTTPTransport
import Synchronization
import TestSupport
import Testing

@Suite struct UploadTests {
    let client: CurlClient

    init() throws { client = try CurlClient() }

    /// Pieces of `size` bytes that count how often they were opened and pulled.
    private final class Pieces: Sendable {
        let counts = Mutex((opened: 0, pulled: 0))

        func source(of body: [UInt8], size: Int, failing: Int = .max) -> HTTPBodySource {
            HTTPBodySource {
                self.counts.withLock { $0.opened += 1 }
                let offset = Mutex(0)
                return AsyncThrowingStream<[UInt8], any Error> {
                    let start = offset.withLock { offset in
                        defer { offset += size }
                        return offset
                    }
                    if start >= failing { throw RecordingSink.Refusal() }
                    guard start < body.count else { return nil }
                    self.counts.withLock { $0.pulled += 1 }
                    return Array(body[start..<min(start + size, body.count)])
                }
            }
        }
    }

    @Test(arguments: [(0, 10), (1, 10), (100_000, 1000), (3_000_000, 100_000)])
    func aStreamedBodyArrivesWhole(count: Int, size: Int) async throws {
        let server = try ScriptedServer { _ in ScriptedResponse() }
        let body = patternBytes(count)
        _ = try await client.send(HTTPRequest(method: "PUT", url: server.url + "/", body: .stream(length: Int64(count), Pieces().source(of: body, size: size))))
        #expect(server.requests.map(\.body) == [body])
        #expect(server.requests.first?.header("content-length") == "\(count)")
    }

    @Test func theSourceIsPulledNoFasterThanTheServerReads() async throws {
        var options = ScriptedServer.Options()
        options.bodyBytesPerSecond = 1 << 20
        let server = try ScriptedServer(options: options) { _ in ScriptedResponse() }
        let pieces = Pieces()
        let body = patternBytes(64 << 20)
        let upload = Task { try await client.send(HTTPRequest(method: "PUT", url: server.url + "/", body: .stream(length: Int64(body.count), pieces.source(of: body, size: 1 << 20)))) }
        while pieces.counts.withLock(\.pulled) == 0 { try await Task.sleep(for: .milliseconds(5)) }
        try await Task.sleep(for: .seconds(1))
        let pulled = pieces.counts.withLock(\.pulled)
        #expect(pulled < 32, "the kernel's buffers take a few MiB, the rest must wait in the source")
        upload.cancel()
        await #expect(throws: CancellationError.self) { try await upload.value }
    }

    @Test func aSourceThatThrowsFailsTheRequest() async throws {
        let server = try ScriptedServer { _ in ScriptedResponse() }
        let source = Pieces().source(of: patternBytes(100_000), size: 1000, failing: 50_000)
        let error = await transportError { _ = try await client.send(HTTPRequest(method: "PUT", url: server.url + "/", body: .stream(length: 100_000, source))) }
        guard case .bodySource(let reason) = error?.code else { Issue.record("\(String(describing: error))"); return }
        #expect(reason is RecordingSink.Refusal)
        #expect(server.requests.isEmpty)
    }

    @Test(arguments: [99_999, 100_001, 100_000 + 1000, 0])
    func aSourceOfAnotherLengthNeverCompletesARequest(actual: Int) async throws {
        let server = try ScriptedServer { _ in ScriptedResponse() }
        let source = Pieces().source(of: patternBytes(actual), size: 1000)
        let error = await transportError { _ = try await client.send(HTTPRequest(method: "PUT", url: server.url + "/", body: .stream(length: 100_000, source))) }
        guard case .bodySourceLength(expected: 100_000, got: let got) = error?.code else { Issue.record("\(String(describing: error))"); return }
        #expect(got == Int64(actual))
        #expect(server.requests.isEmpty)
    }

    @Test func aSourceThatGivesNothingTimesOutAsSuch() async throws {
        let server = try ScriptedServer { _ in ScriptedResponse() }
        let source = HTTPBodySource { AsyncStream<[UInt8]> { _ in } }
        let error = await transportError {
            _ = try await client.send(HTTPRequest(method: "PUT", url: server.url + "/", body: .stream(length: 10, source), limits: HTTPLimits(stallTime: .seconds(1))))
        }
        guard case .timeout(.bodySource) = error?.code else { Issue.record("\(String(describing: error))"); return }
    }

    /// The server did the work and the answer was lost: only the caller may decide to ask again.
    @Test(arguments: [("PUT", 3), ("POST", 3), ("PUT", 0), ("DELETE", nil), ("PUT", 100_000)] as [(String, Int?)], [true, false])
    func aRequestThatChangesSomethingIsNeverRepeatedSilently(request: (method: String, bytes: Int?), streamed: Bool) async throws {
        let server = try ScriptedServer { $0.method == "GET" ? .text("x") : ScriptedResponse(faults: [.closeWithoutAnswer]) }
        _ = try await client.send(HTTPRequest(url: server.url + "/"))
        let body: HTTPBody = request.bytes.map { count in
            streamed ? .stream(length: Int64(count), Pieces().source(of: patternBytes(count), size: 1000)) : .bytes(patternBytes(count))
        } ?? .none
        let error = await transportError { _ = try await client.send(HTTPRequest(method: request.method, url: server.url + "/", body: body)) }
        guard case .noAnswer = error?.code else { Issue.record("\(String(describing: error))"); return }
        #expect(server.requests.map(\.method) == ["GET", request.method])
    }

    @Test func aReadingIsRepeatedWhenAReusedConnectionCloses() async throws {
        let server = try ScriptedServer { $0.number == 1 ? ScriptedResponse(faults: [.closeWithoutAnswer]) : .text("x") }
        _ = try await client.send(HTTPRequest(url: server.url + "/"))
        #expect(try await client.send(HTTPRequest(url: server.url + "/")).status == 200)
        #expect(server.requests.count == 3)
    }

    @Test func aStreamedBodyIsReadAgainWhenAnIdleConnectionHadDied() async throws {
        let first = try ScriptedServer { _ in ScriptedResponse() }
        _ = try await client.send(HTTPRequest(url: first.url + "/"))
        let port = first.port
        first.stop()
        var second: ScriptedServer?
        for _ in 0..<500 where second == nil {
            second = try? ScriptedServer(port: port) { _ in ScriptedResponse() }
            try await Task.sleep(for: .milliseconds(20))
        }
        let body = patternBytes(100_000)
        _ = try await client.send(HTTPRequest(method: "PUT", url: "http://127.0.0.1:\(port)/", body: .stream(length: 100_000, Pieces().source(of: body, size: 1000))))
        #expect(try #require(second).requests.map(\.body) == [body])
    }
}
