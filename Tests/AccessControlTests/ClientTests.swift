import AWSIdentity
import AWSServices
import Foundation
import HTTPTransport
import TestSupport
import Testing

@testable import AccessControl

/// IAM, STS and KMS on the wire.
@Suite struct ClientTests {
    private let http: CurlClient
    private let keys = StaticCredentials(AWSCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret"))

    init() throws { http = try CurlClient() }

    private func configuration(_ server: ScriptedServer) -> ServiceConfiguration {
        var configuration = ServiceConfiguration(region: "eu-west-1", endpoint: server.url)
        configuration.sleep = { _ in }
        return configuration
    }

    private static func answer(_ operation: String, _ result: String) -> ScriptedResponse {
        .text("<\(operation)Response xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><\(operation)Result>\(result)</\(operation)Result></\(operation)Response>")
    }

    private static func fields(_ request: ScriptedRequest) -> [String: String] {
        Dictionary(
            String(decoding: request.body, as: UTF8.self).split(separator: "&").map { pair in
                let parts = pair.split(separator: "=", maxSplits: 1)
                return (String(parts[0]), percentDecoded(parts[1]))
            }, uniquingKeysWith: { $1 })
    }

    @Test func aRoleIsReadWithItsTrustAndBoundary() async throws {
        let server = try ScriptedServer { _ in
            Self.answer(
                "GetRole",
                """
                <Role><Path>/service/</Path><RoleName>replication</RoleName><Arn>arn:aws:iam::111122223333:role/service/replication</Arn>
                <AssumeRolePolicyDocument>%7B%22Statement%22%3A%7B%22Effect%22%3A%22Allow%22%2C%22Principal%22%3A%7B%22Service%22%3A%22s3.amazonaws.com%22%7D%2C%22Action%22%3A%22sts%3AAssumeRole%22%7D%7D</AssumeRolePolicyDocument>
                <PermissionsBoundary><PermissionsBoundaryArn>arn:aws:iam::111122223333:policy/bound</PermissionsBoundaryArn></PermissionsBoundary></Role>
                """)
        }
        let role = try await IAMClient(configuration(server), credentials: keys, http: http).role("replication")
        #expect(role.arn == "arn:aws:iam::111122223333:role/service/replication" && role.boundaryARN == "arn:aws:iam::111122223333:policy/bound")
        #expect([try #require(role.trust)].verdict(on: PolicyRequest("sts:AssumeRole", on: "", by: .service("s3.amazonaws.com"))) == .allowed)
        let request = try #require(server.requests.first)
        #expect(Self.fields(request) == ["Action": "GetRole", "Version": "2010-05-08", "RoleName": "replication"])
        // IAM has one region: the commercial one signs for us-east-1, and a server of one's own for the site's.
        #expect(request.header("Authorization")?.contains("/eu-west-1/iam/aws4_request") == true)
    }

    @Test func policiesOfAllPagesAndBothKindsAreRead() async throws {
        let server = try ScriptedServer { request in
            let fields = Self.fields(request)
            let action = fields["Action"] ?? ""
            switch (action, fields["Marker"]) {
            case ("ListRolePolicies", nil): return Self.answer(action, "<PolicyNames><member>one</member></PolicyNames><IsTruncated>true</IsTruncated><Marker>m&amp;1</Marker>")
            case ("ListRolePolicies", "m&1"): return Self.answer(action, "<PolicyNames><member>two</member></PolicyNames><IsTruncated>false</IsTruncated>")
            case ("GetRolePolicy", _): return Self.answer(action, "<PolicyDocument>%7B%22Statement%22%3A%5B%5D%7D</PolicyDocument>")
            case ("ListAttachedRolePolicies", _): return Self.answer(action, "<AttachedPolicies><member><PolicyName>p</PolicyName><PolicyArn>arn:aws:iam::aws:policy/p</PolicyArn></member></AttachedPolicies><IsTruncated>false</IsTruncated>")
            case ("GetPolicy", _): return Self.answer(action, "<Policy><DefaultVersionId>v7</DefaultVersionId></Policy>")
            case ("GetPolicyVersion", _): return Self.answer(action, "<PolicyVersion><Document>not a policy</Document><VersionId>\(fields["VersionId"] ?? "")</VersionId></PolicyVersion>")
            default: return .text(400, "")
            }
        }
        let policies = try await IAMClient(configuration(server), credentials: keys, http: http).policies(ofRole: "replication")
        #expect(policies.map(\.name) == ["one", "two", "arn:aws:iam::aws:policy/p"] && policies.map { $0.document == nil } == [false, false, true])
        #expect(server.requests.last.map(Self.fields)?["VersionId"] == "v7")
    }

    @Test func aListThatNeverEndsIsRefused() async throws {
        let server = try ScriptedServer { _ in Self.answer("ListRolePolicies", "<PolicyNames/><IsTruncated>true</IsTruncated><Marker>same</Marker>") }
        let error = await #expect(throws: ServiceError.self) { try await IAMClient(configuration(server), credentials: keys, http: http).policies(ofRole: "r") }
        #expect(error?.kind == .noUsableAnswer && server.requests.count == 2)
    }

    @Test func refusalsAreToldApart() async throws {
        for (status, code, kind) in [(404, "NoSuchEntity", ServiceError.Kind.notFound), (403, "AccessDenied", .accessDenied), (403, "InvalidClientTokenId", .accessDenied), (400, "ValidationError", .invalidRequest)] {
            let server = try ScriptedServer { _ in .text(status, "<ErrorResponse><Error><Type>Sender</Type><Code>\(code)</Code><Message>no</Message></Error></ErrorResponse>", headers: [("x-amzn-requestid", "r-1")]) }
            let error = await #expect(throws: ServiceError.self) { try await IAMClient(configuration(server), credentials: keys, http: http).role("r") }
            #expect(error?.kind == kind && error?.code == code && error?.requestID == "r-1" && server.requests.count == 1)
        }
    }

    @Test func keysTellTheirStateAndPolicy() async throws {
        let server = try ScriptedServer { request in
            request.header("X-Amz-Target") == "TrentService.DescribeKey"
                ? .text(#"{"KeyMetadata": {"Arn": "arn:aws:kms:us-west-2:111122223333:key/k", "KeyId": "k", "KeyState": "PendingDeletion", "Enabled": false, "KeyManager": "CUSTOMER"}}"#)
                : .text(#"{"Policy": "{\"Statement\": [{\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"arn:aws:iam::111122223333:root\"}, \"Action\": \"kms:*\", \"Resource\": \"*\"}]}", "PolicyName": "default"}"#)
        }
        let client = KMSClient(configuration(server), credentials: keys, http: http).inRegion("us-west-2")
        let key = try await client.describe("alias/states")
        #expect(key == KMSKey(arn: "arn:aws:kms:us-west-2:111122223333:key/k", state: "PendingDeletion") && !key.isEnabled)
        let policy = try #require(try await client.policy(of: key))
        #expect([policy].verdict(on: PolicyRequest("kms:Decrypt", on: key.arn, by: .account("111122223333"))) == .allowed)
        #expect(server.requests[0].header("Authorization")?.contains("/us-west-2/kms/aws4_request") == true && server.requests[0].header("Content-Type") == "application/x-amz-json-1.1")
        let body = try #require(try JSONSerialization.jsonObject(with: Data(server.requests[1].body)) as? [String: String])
        #expect(body == ["KeyId": key.arn, "PolicyName": "default"])
    }

    @Test func theAccountOfTheCredentialsIsToldBySTS() async throws {
        let server = try ScriptedServer { _ in Self.answer("GetCallerIdentity", "<Arn>arn:aws:iam::111122223333:user/u</Arn><UserId>A</UserId><Account>111122223333</Account>") }
        #expect(try await CallerIdentity(configuration(server), credentials: keys, http: http).account() == "111122223333")
    }
}
