import HTTPTransport
import TestSupport
import Testing

/// What must never leave the process. The server of each test proves that nothing did.
@Suite struct RequestGuardTests {
    let client: CurlClient
    let server: ScriptedServer

    init() throws {
        client = try CurlClient()
        server = try ScriptedServer { _ in ScriptedResponse() }
    }

    private func refusal(_ request: HTTPRequest) async -> TransportError.Code? {
        let error = await transportError { _ = try await client.send(request) }
        #expect(error?.isRetryable == false)
        #expect(error?.curlCode == nil)
        #expect(server.connectionCount == 0)
        return error?.code
    }

    @Test(arguments: ["\r\n", "\n", "\r", "\0", "\u{1b}", "\u{7f}"])
    func controlCharactersAreRefusedEverywhere(character: String) async {
        let requests = [
            HTTPRequest(method: "GET\(character)X", url: server.url + "/"),
            HTTPRequest(url: server.url + "/a\(character)b"),
            HTTPRequest(url: server.url + "/", headers: HTTPHeaders([("X-A\(character)Evil", "v")])),
            HTTPRequest(url: server.url + "/", headers: HTTPHeaders([("X-A", "v\(character)Evil: 1")])),
            HTTPRequest(url: server.url + "/", headers: HTTPHeaders([("X-A", "v\(character)")])),
        ]
        for request in requests {
            switch await refusal(request) {
            case .headerInjection: break
            // DEL is no control character of the C0 block but stands in no token either.
            case .invalidRequest where character == "\u{7f}": break
            case let other: Issue.record("\(String(describing: other)) for \(request.url.debugDescription)")
            }
        }
    }

    @Test(arguments: [
        "ftp://127.0.0.1/", "file:///etc/passwd", "127.0.0.1/", "http:///x", "http://", "http://user:pw@127.0.0.1/", "http://a\\@b/",
        "http://127.0.0.1 /", "http://127.0.0.1/a b", "http://127.0.0.1/ü", "http://127.0.0.1/#x", "http://ex%61mple/", "http://:80/", "",
    ])
    func urlsThatCouldMeanAnotherHostAreRefused(url: String) async {
        guard case .invalidRequest = await refusal(HTTPRequest(url: url)) else { Issue.record("sent \(url)"); return }
    }

    @Test func aPasswordInAnURLIsNotRepeatedInTheError() async {
        let error = await transportError { _ = try await client.send(HTTPRequest(url: "http://user:hunter2@127.0.0.1/")) }
        #expect(!String(describing: error).contains("hunter2"))
    }

    @Test func framingHeadersOfTheCallerAreRefused() async {
        for headers in [["Transfer-Encoding": "chunked"], ["Content-Length": "5"]] as [HTTPHeaders] {
            guard case .invalidRequest = await refusal(HTTPRequest(method: "PUT", url: server.url + "/", headers: headers, body: .bytes([1]))) else {
                Issue.record("sent \(headers)")
                continue
            }
        }
        guard case .invalidRequest = await refusal(HTTPRequest(method: "HEAD", url: server.url + "/", body: .bytes([1]))) else { Issue.record("sent"); return }
        guard case .invalidRequest = await refusal(HTTPRequest(method: "", url: server.url + "/")) else { Issue.record("sent"); return }
    }

    @Test func theTrueContentLengthMayBeGiven() async throws {
        _ = try await client.send(HTTPRequest(method: "PUT", url: server.url + "/", headers: ["content-length": "3"], body: .bytes([1, 2, 3])))
        #expect(server.requests.first?.headers.filter { $0.name.lowercased() == "content-length" }.map(\.value) == ["3"])
    }

    @Test(arguments: [
        HTTPHeaders([("authorization", "AWS4-HMAC-SHA256 x")]), HTTPHeaders([("X-Amz-Security-Token", "t")]), HTTPHeaders([("x-amz-sso_bearer_token", "t")]),
        HTTPHeaders([("x-amz-server-side-encryption-customer-key", "k")]),
    ])
    func credentialsAreNotSentInPlaintextBeyondThisMachine(headers: HTTPHeaders) async {
        for host in ["192.0.2.1", "example.com", "127.0.0.1.example.com", "localhost.example.com", "127.1", "0.0.0.0", "[::2]"] {
            guard case .plaintextCredentials = await refusal(HTTPRequest(url: "http://\(host)/", headers: headers)) else { Issue.record("\(host)"); continue }
        }
    }

    @Test(arguments: [
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=abc", "x-amz-signature=abc", "a=b&X-AMZ-SECURITY-TOKEN=abc", "a&b=?&x-amz-signature=",
    ]) func aPresignedQueryCountsAsCredentials(query: String) async {
        let request = HTTPRequest(url: "http://192.0.2.1/k?" + query)
        guard case .plaintextCredentials = await refusal(request) else { Issue.record("sent"); return }
    }

    @Test func credentialsGoToThisMachineAndWhereItIsAllowed() async throws {
        _ = try await client.send(HTTPRequest(url: server.url + "/", headers: ["Authorization": "x"]))
        _ = try await client.send(HTTPRequest(url: "http://localhost:\(server.port)/", headers: ["Authorization": "x"]))
        #expect(server.requests.count == 2)
        // 192.0.2.0/24 answers nowhere: getting as far as a timeout shows that the guard let it pass.
        let allowed = HTTPRequest(
            url: "http://192.0.2.1/", headers: ["Authorization": "x"], limits: HTTPLimits(connectTimeout: .milliseconds(100)), plaintextPolicy: .allowed)
        let error = await transportError { _ = try await client.send(allowed) }
        if case .plaintextCredentials = error?.code { Issue.record("refused in spite of the policy") }
    }
}
