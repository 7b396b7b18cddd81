import HTTPTransport
import TestSupport
import Testing

@Suite struct ProxyTests {
    private func client(_ proxy: ProxySetting) throws -> CurlClient {
        try CurlClient(configuration: CurlConfiguration(proxy: proxy))
    }

    @Test func aProxyIsAskedWithItsOwnCredentials() async throws {
        let proxy = try ScriptedServer { _ in .text("from the proxy") }
        let client = try client(.url("http://user:hunter2@127.0.0.1:\(proxy.port)"))
        let response = try await client.send(HTTPRequest(url: "http://bucket.invalid/key?x="))
        #expect(response.body == Array("from the proxy".utf8))
        let seen = try #require(proxy.requests.first)
        #expect(seen.target == "http://bucket.invalid/key?x=")
        #expect(seen.header("proxy-authorization") == "Basic dXNlcjpodW50ZXIy")
    }

    @Test func aRequestThatBypassesTheProxyGoesStraight() async throws {
        let proxy = try ScriptedServer { _ in .text("from the proxy") }
        let server = try ScriptedServer { _ in .text("from the server") }
        let client = try client(.url("http://127.0.0.1:\(proxy.port)"))
        let response = try await client.send(HTTPRequest(url: server.url + "/latest/meta-data/", proxyBypass: true))
        #expect(response.body == Array("from the server".utf8))
        #expect(proxy.connectionCount == 0)
    }

    @Test func credentialsForThisMachineMakeNoDetourOverAProxy() async throws {
        let proxy = try ScriptedServer { _ in .text("from the proxy") }
        let server = try ScriptedServer { _ in .text("from the server") }
        let client = try client(.url("http://127.0.0.1:\(proxy.port)"))
        let response = try await client.send(HTTPRequest(url: server.url + "/", headers: ["Authorization": "secret"]))
        #expect(response.body == Array("from the server".utf8))
        #expect(try await client.send(HTTPRequest(url: server.url + "/")).body == Array("from the proxy".utf8))
        #expect(proxy.requests.allSatisfy { $0.header("authorization") == nil })
    }

    @Test func hostsOnTheBypassListGoStraight() async throws {
        let proxy = try ScriptedServer { _ in .text("from the proxy") }
        let server = try ScriptedServer { _ in .text("from the server") }
        let client = try client(.url("http://127.0.0.1:\(proxy.port)", bypass: "127.0.0.0/8"))
        #expect(try await client.send(HTTPRequest(url: server.url + "/")).body == Array("from the server".utf8))
    }

    @Test(arguments: [
        "http://user:hunter2@127.0.0.1:1", "http://user:hunter2@no-such-proxy.invalid:3128", "gopher://user:hunter2@127.0.0.1:1",
        "http://user:hunter2@127.0.0.1:notaport", "http://user:hunter2@", "user:hunter2@127.0.0.1:1",
    ])
    func theProxyPasswordNeverShows(proxy: String) async throws {
        let client = try client(.url(proxy))
        let error = await transportError { _ = try await client.send(HTTPRequest(url: "http://bucket.invalid/")) }
        let text = "\(String(describing: error)) \(String(reflecting: error))"
        #expect(!text.contains("hunter2"), "\(text)")
    }

    @Test func theHeadOfAConnectTunnelIsNotTheResponse() async throws {
        let proxy = try ScriptedServer { _ in .text(407, "who are you") }
        let client = try client(.url("http://127.0.0.1:\(proxy.port)"))
        let error = await transportError { _ = try await client.send(HTTPRequest(url: "https://bucket.invalid/")) }
        guard case .proxy = error?.code else { Issue.record("\(String(describing: error))"); return }
        #expect(proxy.requests.first?.method == "CONNECT")
    }
}
