import HTTPTransport
import TestSupport
import Testing

@Suite struct SinkTests {
    let client: CurlClient

    init() throws { client = try CurlClient() }

    @Test func aSinkGetsHeadAndBytesInOrder() async throws {
        let body = patternBytes(500_000)
        let server = try ScriptedServer { _ in ScriptedResponse(headers: [("ETag", "\"e\"")], body: body) }
        let sink = RecordingSink()
        let head = try await client.send(HTTPRequest(url: server.url + "/"), into: sink)
        #expect(head.headers["etag"] == "\"e\"")
        #expect(sink.head == head)
        #expect(sink.bytes == body)
    }

    @Test(arguments: [true, false])
    func whatASinkThrowsEndsTheTransfer(atHead: Bool) async throws {
        let server = try ScriptedServer { _ in ScriptedResponse(body: patternBytes(500_000)) }
        let sink = RecordingSink(refusesHead: atHead, refusesAfter: 100_000)
        let error = await transportError { _ = try await client.send(HTTPRequest(url: server.url + "/"), into: sink) }
        guard case .sink(let reason) = error?.code else { Issue.record("\(String(describing: error))"); return }
        #expect(reason is RecordingSink.Refusal)
        #expect(error?.isRetryable == false)
    }
}
