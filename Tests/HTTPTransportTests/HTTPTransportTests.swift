import HTTPTransport
import Testing

@Suite struct ConnectionFailureTests {
    @Test func aRefusedPortIsAConnectError() async throws {
        let client = try CurlClient()
        let error = await #expect(throws: TransportError.self) { try await client.send(HTTPRequest(url: "http://127.0.0.1:1/")) }
        guard case .connect = error?.code else { Issue.record("\(String(describing: error))"); return }
        #expect(error?.isRetryable == true)
    }
}
