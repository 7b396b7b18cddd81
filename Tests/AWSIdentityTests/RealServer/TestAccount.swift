import HTTPTransport
import TestSupport
import Timestamps

@testable import AWSIdentity

/// The account of a test server: signed S3 requests, roles and providers, worlds whose endpoints are the server's.
struct TestAccount {
    let endpoint: String
    let credentials: AWSCredentials
    let http: CurlClient
    private let management: EmulatedAccount

    init(server: RealServer, http: CurlClient) {
        management = EmulatedAccount(server)
        endpoint = server.endpoint
        credentials = AWSCredentials(accessKeyID: server.accessKeyID, secretAccessKey: server.secretAccessKey)
        self.http = http
    }

    /// One signed S3 request; `path` is percent-encoded.
    func s3(
        _ method: String, _ path: String, body: [UInt8] = [], with other: AWSCredentials? = nil, at time: Timestamp = .now()
    ) async throws -> HTTPResponse {
        var request = HTTPRequest(
            method: method, url: endpoint + path, body: body.isEmpty ? .none : .bytes(body))
        try SigV4Signer.sign(
            &request, credentials: other ?? credentials, region: "us-east-1", service: "s3", time: time,
            payload: PayloadHash(of: body), style: .s3)
        return try await http.send(request)
    }

    /// A role that may read S3, and its ARN.
    func makeRole(_ name: String, trusting principal: String, action: String) async throws -> String {
        try await management.makeRole(name, trusting: principal, action: action, allowing: EmulatedAccount.readingS3)
    }

    /// An OIDC provider, and its ARN.
    func makeProvider(_ host: String) async throws -> String { try await management.makeIdentityProvider(host) }

    /// A world with these files and the server in the place of AWS.
    func world(config: String = "", credentials: String = "", files: [String: String] = [:]) -> IdentityWorld {
        let texts = files.merging(["/h/.aws/config": config, "/h/.aws/credentials": credentials]) { $1 }
        return IdentityWorld(
            environment: ["HOME": "/h", "AWS_ENDPOINT_URL_STS": endpoint, "AWS_EC2_METADATA_DISABLED": "true"],
            files: InMemoryFiles(texts: texts), http: http, programs: NoPrograms())
    }
}
