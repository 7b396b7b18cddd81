import HTTPTransport
import TestSupport
import Testing

/// Against `openssl s_server`, with authorities made for the test.
@Suite(.enabled(if: TLSServer.isAvailable, "needs the openssl program"))
struct TLSTests {
    let client: CurlClient

    init() throws { client = try CurlClient() }

    private func failure(_ server: TLSServer, _ trust: TLSTrust, host: String = "localhost") async -> TransportError.TLSFailure? {
        let error = await transportError { _ = try await client.send(HTTPRequest(url: "https://\(host):\(server.port)/", trust: trust)) }
        guard case .tls(let failure) = error?.code else { Issue.record("\(String(describing: error))"); return nil }
        return failure
    }

    @Test func aNamedAuthorityIsTrusted() async throws {
        let server = try await TLSServer()
        let response = try await client.send(HTTPRequest(url: "https://localhost:\(server.port)/", trust: .bundle(server.authority)))
        #expect(response.status == 200)
    }

    @Test func theSystemDoesNotTrustAnAuthorityOfOurOwn() async throws {
        let server = try await TLSServer()
        #expect(await failure(server, .system) == .certificate)
    }

    @Test func aBundleReplacesTheSystemsStoreAndOtherAuthorities() async throws {
        let server = try await TLSServer()
        let other = try await TLSServer()
        #expect(await failure(server, try .bundle(other.authority)) == .certificate)
    }

    @Test func trustIsNotCarriedOverToLaterRequests() async throws {
        let server = try await TLSServer()
        _ = try await client.send(HTTPRequest(url: "https://localhost:\(server.port)/", trust: .bundle(server.authority)))
        #expect(await failure(server, .system) == .certificate)
    }

    @Test func aCertificateForAnotherNameIsRefused() async throws {
        let server = try await TLSServer()
        #expect(await failure(server, try .bundle(server.authority), host: "127.0.0.1") == .certificate)
    }

    @Test func anExpiredCertificateIsRefused() async throws {
        let server = try await TLSServer(days: "-1")
        #expect(await failure(server, try .bundle(server.authority)) == .certificate)
    }

    @Test(arguments: ["-tls1", "-tls1_1"])
    func oldProtocolsAreRefused(version: String) async throws {
        let server = try await TLSServer(options: [version, "-cipher", "ALL:@SECLEVEL=0"])
        #expect(await failure(server, try .bundle(server.authority)) == .handshake)
    }

    @Test(arguments: ["-tls1_2", "-tls1_3"])
    func currentProtocolsAreTaken(version: String) async throws {
        let server = try await TLSServer(options: [version])
        #expect(try await client.send(HTTPRequest(url: "https://localhost:\(server.port)/", trust: .bundle(server.authority))).status == 200)
    }

    @Test func aDirectoryOfAuthoritiesIsTrusted() async throws {
        let server = try await TLSServer()
        let directory = try TemporaryDirectory()
        let hash = try await runProcess(["openssl", "x509", "-hash", "-noout", "-in", server.authority]).output
        try directory.write(readFile(server.authority), to: hash.prefix { $0 != "\n" } + ".0")
        let trust = try TLSTrust.resolve(environment: ["SSL_CERT_DIR": directory.path])
        #expect(try await client.send(HTTPRequest(url: "https://localhost:\(server.port)/", trust: trust)).status == 200)
    }

    @Test func aBundleWithoutCertificatesFailsClosed() async throws {
        let server = try await TLSServer()
        let directory = try TemporaryDirectory()
        let trust = try TLSTrust.bundle(directory.write("no certificate here\n", to: "ca.pem"))
        #expect(await failure(server, trust) == .trustUnreadable)
    }

    @Test func plainHTTPOnATLSPortIsAHandshakeFailure() async throws {
        let server = try ScriptedServer { _ in ScriptedResponse() }
        let error = await transportError { _ = try await client.send(HTTPRequest(url: "https://127.0.0.1:\(server.port)/", limits: HTTPLimits(connectTimeout: .seconds(1)))) }
        // The server reads the hello as the start of a head and waits for its end.
        guard case .timeout(.connect) = error?.code else { Issue.record("\(String(describing: error))"); return }
    }
}
