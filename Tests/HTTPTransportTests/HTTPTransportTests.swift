import HTTPTransport
import TestSupport
import Testing

@Suite struct RequestTests {
    let client: CurlClient

    init() throws { client = try CurlClient() }

    @Test func aBodyComesBackWholeWithStatusAndHeaders() async throws {
        let body = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let server = try ScriptedServer { _ in ScriptedResponse(201, headers: [("X-Twice", "a"), ("x-twice", "b"), ("Empty", "")], body: body) }
        let response = try await client.send(HTTPRequest(url: server.url + "/key?versionId=1"))
        #expect(response.status == 201)
        #expect(response.body == body)
        #expect(response.headers.values(of: "X-TWICE") == ["a", "b"])
        #expect(response.headers["empty"] == "")
        #expect(server.requests.map(\.target) == ["/key?versionId=1"])
    }

    @Test func aRefusedPortIsAConnectError() async throws {
        let error = await #expect(throws: TransportError.self) { try await client.send(HTTPRequest(url: "http://127.0.0.1:1/")) }
        guard case .connect = error?.code else { Issue.record("\(String(describing: error))"); return }
        #expect(error?.isRetryable == true)
        #expect(error?.curlCode == 7)
    }
}
