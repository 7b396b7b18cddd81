import HTTPTransport
import TestSupport
import Testing

@Suite struct StreamTests {
    let client: CurlClient

    init() throws { client = try CurlClient() }

    @Test(arguments: [0, 1, 100_000, 5_000_000])
    func aStreamGivesTheWholeBody(size: Int) async throws {
        let body = patternBytes(size)
        let server = try ScriptedServer { _ in ScriptedResponse(body: body) }
        let answer = try await client.stream(HTTPRequest(url: server.url + "/"))
        #expect(answer.head.contentLength == Int64(size))
        #expect(try await answer.body.collect() == body)
    }

    @Test func theHeadIsThereBeforeTheBody() async throws {
        let server = try ScriptedServer { _ in ScriptedResponse(body: patternBytes(1000), faults: [.stallAfter(bodyBytes: 10)]) }
        let answer = try await client.stream(HTTPRequest(url: server.url + "/", limits: HTTPLimits(stallTime: .seconds(1))))
        #expect(answer.head.status == 200)
        var iterator = answer.body.makeAsyncIterator()
        #expect(try await iterator.next() == Array(patternBytes(10)))
        let error = await transportError { _ = try await iterator.next() }
        guard case .timeout(.stalled) = error?.code else { Issue.record("\(String(describing: error))"); return }
        #expect(try await iterator.next() == nil)
    }

    @Test func aReaderThatPausesHoldsTheServerBackAndIsNoStall() async throws {
        let body = patternBytes(64 << 20)
        let server = try ScriptedServer { _ in ScriptedResponse(body: body) }
        let answer = try await client.stream(HTTPRequest(url: server.url + "/", limits: HTTPLimits(stallTime: .seconds(1))))
        var iterator = answer.body.makeAsyncIterator()
        var received = try await iterator.next()?.count ?? 0
        // Longer than the stall time: a transfer that we hold ourselves is not stalled.
        try await Task.sleep(for: .milliseconds(2500))
        #expect(server.bodyBytesSent < 32 << 20, "the kernel's buffers hold a few MiB, the rest must wait at the server")
        while let piece = try await iterator.next() {
            #expect(piece.count <= 512 << 10)
            received += piece.count
        }
        #expect(received == body.count)
    }

    @Test func aCutBodyThrowsAfterTheBytesThatCame() async throws {
        let server = try ScriptedServer { _ in ScriptedResponse(body: patternBytes(9000), faults: [.closeAfter(bodyBytes: 5000)]) }
        let answer = try await client.stream(HTTPRequest(url: server.url + "/"))
        var received: [UInt8] = []
        let error = await transportError { for try await piece in answer.body { received += piece } }
        guard case .truncated(expected: 9000, got: 5000) = error?.code else { Issue.record("\(String(describing: error))"); return }
        #expect(received == Array(patternBytes(9000).prefix(5000)))
    }

    @Test func lettingGoOfTheStreamEndsTheTransfer() async throws {
        let server = try ScriptedServer { _ in ScriptedResponse(body: patternBytes(64 << 20)) }
        do {
            let answer = try await client.stream(HTTPRequest(url: server.url + "/"))
            for try await _ in answer.body { break }
        }
        for _ in 0..<3000 where server.openConnectionCount > 0 { try await Task.sleep(for: .milliseconds(10)) }
        #expect(server.openConnectionCount == 0)
    }

    @Test func aStreamKeepsItsClientAlive() async throws {
        let body = patternBytes(3_000_000)
        let server = try ScriptedServer { _ in ScriptedResponse(body: body) }
        let stream = try await CurlClient().stream(HTTPRequest(url: server.url + "/")).body
        #expect(try await stream.collect() == body)
    }

    @Test func aFailureBeforeTheHeadIsThrownByStream() async throws {
        let server = try ScriptedServer { _ in ScriptedResponse(faults: [.closeWithoutAnswer]) }
        let error = await transportError { _ = try await client.stream(HTTPRequest(url: server.url + "/")) }
        guard case .noAnswer = error?.code else { Issue.record("\(String(describing: error))"); return }
    }
}
