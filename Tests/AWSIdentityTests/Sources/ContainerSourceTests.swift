import HTTPTransport
import Testing

@testable import AWSIdentity

@Suite("Container credentials") struct ContainerSourceTests {
    private func source(
        _ environment: [String: String], http: any HTTPClient = ReplayingClient(), files: [String: String] = [:]
    ) -> ContainerSource {
        ContainerSource(
            world: IdentityWorld(
                environment: environment, files: InMemoryFiles(texts: files), http: http, sleep: { _ in }))
    }

    @Test("a full URI must be https, this machine, or one of the three agents", arguments: [
        ("https://agent.example/c", true), ("http://127.0.0.5:80/c?x=1", true), ("http://localhost/c", true),
        ("http://[::1]:9/c", true), ("http://169.254.170.23/v1/credentials", true), ("http://[fd00:ec2::23]/c", true),
        ("http://evil.example/", false), ("http://169.254.169.254/", false), ("http://127.0.0.1.evil.example/", false),
        ("http://169.254.170.2@evil.example/", false), ("ftp://localhost/", false), ("/just/a/path", false),
        ("http://localhost/a b", false), ("https:///x", false),
    ])
    func fullURI(uri: String, isAllowed: Bool) {
        let source = source(["AWS_CONTAINER_CREDENTIALS_FULL_URI": uri])
        if isAllowed {
            #expect(throws: Never.self) { try source.url() }
        } else {
            #expect(throws: CredentialSourceError.self) { try source.url() }
        }
    }

    @Test("a relative URI cannot become another host") func relativeURI() throws {
        #expect(try source(["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/x"]).url() == "http://169.254.170.2/v2/x")
        for path in ["@evil.example/", ".evil.example/", "/a b"] {
            #expect(throws: CredentialSourceError.self) {
                try source(["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": path]).url()
            }
        }
    }

    @Test("the token file beats the token, and neither may hold a line break") func tokens() async throws {
        let uri = "http://169.254.170.23/v1/credentials"
        let exchange = ReplayingClient.Exchange(
            method: "GET", url: uri, headers: ["authorization": "from-file"],
            answer: #"{"AccessKeyId":"k","SecretAccessKey":"s","Token":"t","Expiration":"2033-05-18T03:33:20Z"}"#)
        let http = ReplayingClient([exchange])
        let environment = [
            "AWS_CONTAINER_CREDENTIALS_FULL_URI": uri, "AWS_CONTAINER_AUTHORIZATION_TOKEN": "from-environment",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "/token",
        ]
        #expect(try await source(environment, http: http, files: ["/token": "from-file\n"]).fetch().accessKeyID == "k")
        #expect(http.surprises.isEmpty && http.sent.allSatisfy(\.proxyBypass))
        let silent = ReplayingClient()
        await #expect(throws: CredentialSourceError.self) {
            try await source(environment, http: silent, files: ["/token": "a\r\nX-Evil: 1"]).fetch()
        }
        #expect(silent.sent.isEmpty)
    }

    @Test("a busy agent is asked three times, a refusal once") func retries() async throws {
        let environment = ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/c"]
        for (status, count) in [(500, 3), (403, 1)] {
            let busy = ReplayingClient.Exchange(method: "GET", url: "http://169.254.170.2/c", status: status)
            let http = ReplayingClient([busy, busy, busy])
            await #expect(throws: CredentialSourceError.self) { try await source(environment, http: http).fetch() }
            #expect(http.sent.count == count)
        }
    }
}
