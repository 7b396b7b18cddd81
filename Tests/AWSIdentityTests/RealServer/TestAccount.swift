import HTTPTransport
import TestSupport
import Timestamps

@testable import AWSIdentity

/// The account of a test server: signed S3 requests, roles and providers, worlds whose endpoints are the server's.
struct TestAccount {
    let endpoint: String
    let credentials: AWSCredentials
    let http: CurlClient

    init(server: RealServer, http: CurlClient) {
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
        let trust = #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":\#(principal),"Action":"\#(action)"}]}"#
        let made = try await iam(["Action": "CreateRole", "RoleName": name, "AssumeRolePolicyDocument": trust])
        let policy = #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:Get*","s3:List*"],"Resource":"*"}]}"#
        _ = try await iam(["Action": "PutRolePolicy", "RoleName": name, "PolicyName": "read", "PolicyDocument": policy])
        return try arn(in: made, at: "CreateRoleResult/Role/Arn")
    }

    /// An OIDC provider, and its ARN.
    func makeProvider(_ host: String) async throws -> String {
        let made = try await iam([
            "Action": "CreateOpenIDConnectProvider", "Url": "https://\(host)", "ClientIDList.member.1": "sts.amazonaws.com",
            "ThumbprintList.member.1": "9e99a48a9960b14926bb7f3b02e22da2b0ab7280",
        ])
        return try arn(in: made, at: "CreateOpenIDConnectProviderResult/OpenIDConnectProviderArn")
    }

    /// A world with these files and the server in the place of AWS.
    func world(config: String = "", credentials: String = "", files: [String: String] = [:]) -> IdentityWorld {
        let texts = files.merging(["/h/.aws/config": config, "/h/.aws/credentials": credentials]) { $1 }
        return IdentityWorld(
            environment: ["HOME": "/h", "AWS_ENDPOINT_URL_STS": endpoint, "AWS_EC2_METADATA_DISABLED": "true"],
            files: InMemoryFiles(texts: texts), http: http, programs: NoPrograms())
    }

    private struct Refused: Error { let answer: String }

    private func iam(_ fields: [String: String]) async throws -> [UInt8] {
        let pairs = fields.merging(["Version": "2010-05-08"]) { $1 }
            .map { "\($0.key)=\(PercentEncoding.encode($0.value))" }
        let body = Array(pairs.joined(separator: "&").utf8)
        var request = HTTPRequest(
            method: "POST", url: "\(endpoint)/", headers: ["Content-Type": "application/x-www-form-urlencoded"],
            body: .bytes(body))
        try SigV4Signer.sign(
            &request, credentials: credentials, region: "us-east-1", service: "iam", time: .now(),
            payload: PayloadHash(of: body), style: .standard)
        let response = try await http.send(request)
        guard response.status == 200 else { throw Refused(answer: String(decoding: response.body, as: UTF8.self)) }
        return response.body
    }

    private func arn(in answer: [UInt8], at path: String) throws -> String {
        guard let arn = XMLFields(answer)?[path] else { throw Refused(answer: String(decoding: answer, as: UTF8.self)) }
        return arn
    }
}
