import HTTPTransport
import TestSupport
import Testing

/// Answers that are cut, lie or never end. Each must become the error that says so, and leave the client usable.
@Suite struct FaultTests {
    let client: CurlClient

    init() throws { client = try CurlClient() }

    private func error(_ response: ScriptedResponse, limits: HTTPLimits = HTTPLimits(), method: String = "GET") async throws -> TransportError? {
        let server = try ScriptedServer { request in request.path == "/good" ? .text("good") : response }
        let error = await transportError { _ = try await client.send(HTTPRequest(method: method, url: server.url + "/bad?X-Amz-Credential=AKIDEXAMPLE", limits: limits)) }
        #expect(try await client.send(HTTPRequest(url: server.url + "/good")).body == Array("good".utf8))
        let text = String(describing: error)
        #expect(!text.contains("AKIDEXAMPLE"), "a query shows in \(text)")
        return error
    }

    @Test func aShortBodyIsTruncatedWithBothCounts() async throws {
        let error = try await error(ScriptedResponse(body: patternBytes(1000), faults: [.closeAfter(bodyBytes: 400)]))
        guard case .truncated(expected: 1000, got: 400) = error?.code else { Issue.record("\(String(describing: error))"); return }
        #expect(error?.curlCode == 18)
        #expect(error?.isRetryable == true)
    }

    @Test func aLengthThatPromisesTooMuchIsTruncated() async throws {
        let error = try await error(ScriptedResponse(body: patternBytes(70_000), framing: .claimedLength(80_000), closesConnection: true))
        guard case .truncated(expected: 80_000, got: 70_000) = error?.code else { Issue.record("\(String(describing: error))"); return }
    }

    @Test func aLengthThatPromisesTooLittleEndsTheBodyThere() async throws {
        let server = try ScriptedServer { _ in ScriptedResponse(body: patternBytes(500), framing: .claimedLength(100), closesConnection: true) }
        #expect(try await client.send(HTTPRequest(url: server.url + "/")).body == Array(patternBytes(500).prefix(100)))
    }

    @Test func aCutChunkedBodyIsTruncatedWithoutAnExpectedCount() async throws {
        let error = try await error(ScriptedResponse(body: patternBytes(1000), framing: .chunked(100), faults: [.closeAfter(bodyBytes: 300)]))
        guard case .truncated(expected: nil, got: 300) = error?.code else { Issue.record("\(String(describing: error))"); return }
    }

    @Test func aResetInTheBodyTellsHowFarItCame() async throws {
        let error = try await error(ScriptedResponse(body: patternBytes(200_000), faults: [.resetAfter(bodyBytes: 1234)]))
        guard case .reset(received: 1234) = error?.code else { Issue.record("\(String(describing: error))"); return }
        #expect(error?.isRetryable == true)
    }

    @Test func closingWithoutAnAnswerIsTold() async throws {
        let error = try await error(ScriptedResponse(faults: [.closeWithoutAnswer]))
        guard case .noAnswer = error?.code else { Issue.record("\(String(describing: error))"); return }
    }

    @Test func aResetInsteadOfAnAnswerIsTold() async throws {
        let error = try await error(ScriptedResponse(faults: [.resetWithoutAnswer]))
        guard case .reset(received: 0) = error?.code else { Issue.record("\(String(describing: error))"); return }
    }

    @Test(arguments: [
        "SSH-2.0-OpenSSH_9.2\r\n", "<html>not http</html>", "HTTP/1.1 999999 X\r\n\r\n", "HTTP/1.1 2x0 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!", "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nno colon here\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\nhello",
    ])
    func whatIsNoHTTPIsRefused(answer: String) async throws {
        let error = try await error(ScriptedResponse(faults: [.raw(Array(answer.utf8))]))
        guard case .malformedResponse = error?.code else { Issue.record("\(String(describing: error))"); return }
    }

    @Test func aBodyBeyondItsCapIsRefusedByItsLength() async throws {
        let error = try await error(ScriptedResponse(body: patternBytes(2001)), limits: HTTPLimits(maxBodyBytes: 2000))
        guard case .bodyTooLarge(limit: 2000) = error?.code else { Issue.record("\(String(describing: error))"); return }
        #expect(error?.isRetryable == false)
    }

    @Test func aBodyBeyondItsCapIsRefusedWithoutALengthToo() async throws {
        let error = try await error(ScriptedResponse(body: patternBytes(2001), framing: .chunked(100)), limits: HTTPLimits(maxBodyBytes: 2000))
        guard case .bodyTooLarge(limit: 2000) = error?.code else { Issue.record("\(String(describing: error))"); return }
    }

    @Test func aBodyOfExactlyItsCapIsTaken() async throws {
        let server = try ScriptedServer { _ in ScriptedResponse(body: patternBytes(2000), framing: .chunked(100)) }
        #expect(try await client.send(HTTPRequest(url: server.url + "/", limits: HTTPLimits(maxBodyBytes: 2000))).body.count == 2000)
    }

    @Test(arguments: [1, 2000])
    func headersBeyondTheirCapAreRefused(lines: Int) async throws {
        // One line of 200 KB passes libcurl's own limit, many small ones only ours.
        let headers = (0..<lines).map { (name: "X-\($0)", value: String(repeating: "v", count: 200_000 / lines)) }
        let error = try await error(ScriptedResponse(headers: headers))
        guard case .headerTooLarge(limit: 65536) = error?.code else { Issue.record("\(String(describing: error))"); return }
    }

    @Test func aStalledBodyTimesOut() async throws {
        let error = try await error(ScriptedResponse(body: patternBytes(1000), faults: [.stallAfter(bodyBytes: 10)]), limits: HTTPLimits(stallTime: .seconds(1)))
        guard case .timeout(.stalled) = error?.code else { Issue.record("\(String(describing: error))"); return }
        #expect(error?.isRetryable == true)
    }

    @Test func noAnswerTimesOutAsAStall() async throws {
        let error = try await error(ScriptedResponse(faults: [.neverAnswer]), limits: HTTPLimits(stallTime: .seconds(1)))
        guard case .timeout(.stalled) = error?.code else { Issue.record("\(String(describing: error))"); return }
    }

    @Test func anEndlessDripEndsAtTheDeadline() async throws {
        let drip = ScriptedResponse(body: patternBytes(100_000), faults: [.drip(bytes: 10, every: .milliseconds(20))])
        let start = ContinuousClock.now
        let error = try await error(drip, limits: HTTPLimits(deadline: .milliseconds(500)))
        guard case .timeout(.deadline) = error?.code else { Issue.record("\(String(describing: error))"); return }
        #expect(ContinuousClock.now - start < .seconds(100), "the whole drip would take 200 s")
    }

    @Test func aServerThatNeverFinishesTheTLSHandshakeTimesOutAsConnect() async throws {
        let server = try ScriptedServer { _ in ScriptedResponse() }
        let url = "https://127.0.0.1:\(server.port)/"
        let error = await transportError { _ = try await client.send(HTTPRequest(url: url, limits: HTTPLimits(connectTimeout: .milliseconds(300)))) }
        guard case .timeout(.connect) = error?.code else { Issue.record("\(String(describing: error))"); return }
    }

    @Test func aRefusedPortIsAConnectError() async throws {
        let error = await transportError { _ = try await client.send(HTTPRequest(url: "http://127.0.0.1:1/secret?x=y")) }
        guard case .connect = error?.code else { Issue.record("\(String(describing: error))"); return }
        #expect(error?.isRetryable == true)
        #expect(error?.curlCode == 7)
        #expect(error?.host == "127.0.0.1:1")
        #expect(error?.url == "http://127.0.0.1:1/secret?…")
    }

    @Test func anUnknownHostIsAResolveError() async throws {
        let error = await transportError { _ = try await client.send(HTTPRequest(url: "http://no-such-host.invalid/")) }
        guard case .resolve = error?.code else { Issue.record("\(String(describing: error))"); return }
    }

    @Test func anEarlyRefusalOfAnUploadIsTheAnswer() async throws {
        var options = ScriptedServer.Options()
        options.refuse = { _ in .text(403, "no") }
        let server = try ScriptedServer(options: options) { _ in ScriptedResponse() }
        let response = try await client.send(HTTPRequest(method: "PUT", url: server.url + "/", body: .bytes(patternBytes(2 << 20))))
        #expect(response.status == 403)
        #expect(server.requests.first?.header("expect") == "100-continue")
    }
}
