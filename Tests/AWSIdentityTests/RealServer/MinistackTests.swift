import Foundation
import HTTPTransport
import TestSupport
import Testing
import Timestamps

@testable import AWSIdentity

/// Against a server that checks signatures, IAM policies and session tokens as AWS does.
@Suite("A server that checks signatures", .serialized)
struct MinistackTests {
    private let http: CurlClient
    private let bucket = "identity-\(UInt32.random(in: 0...UInt32.max))"

    init() throws { http = try CurlClient(configuration: CurlConfiguration(proxy: .direct)) }

    /// The server, or nil where it cannot be had; the reason is printed then.
    private func account() async throws -> TestAccount? {
        do {
            return TestAccount(server: try await SharedServers.shared.server(.ministack), http: http)
        } catch let reason as RealServerUnavailable {
            print("skipped: \(reason)")
            return nil
        }
    }

    @Test("a signed PUT and GET are accepted with awkward keys; a wrong secret and an unknown key are refused") func signatures() async throws {
        guard let account = try await account() else { return }
        #expect(try await account.s3("PUT", "/\(bucket)").status == 200)
        for key in ["env%3A/dev/a%20b%2Bc%26d.tfstate", "%C3%A9t%C3%A9/x~_-.tfstate", "a%3Db%3Fc%23d%25"] {
            let path = "/\(bucket)/\(key)"
            #expect(try await account.s3("PUT", path, body: Array("state".utf8)).status == 200, "\(key)")
            let got = try await account.s3("GET", path)
            #expect(got.status == 200 && got.body == Array("state".utf8), "\(key)")
        }
        #expect(try await account.s3("GET", "/\(bucket)?versions&max-keys=2&prefix=env%3A%2F").status == 200)
        let wrong = AWSCredentials(accessKeyID: account.credentials.accessKeyID, secretAccessKey: "wrong")
        let refused = try await account.s3("GET", "/\(bucket)?versions", with: wrong)
        #expect(refused.status == 403 && refused.text.contains("SignatureDoesNotMatch"))
        let unknown = AWSCredentials(accessKeyID: "AKIAUNKNOWNUNKNOWN00", secretAccessKey: "x")
        #expect(try await account.s3("GET", "/\(bucket)?versions", with: unknown).text.contains("InvalidAccessKeyId"))
    }

    @Test("a presigned URL works for whoever holds it, and not when a letter of it is changed") func presigned() async throws {
        guard let account = try await account() else { return }
        #expect(try await account.s3("PUT", "/\(bucket)").status == 200)
        #expect(try await account.s3("PUT", "/\(bucket)/a%20b", body: [1, 2, 3]).status == 200)
        let url = try SigV4Signer.presign(
            HTTPRequest(url: "\(account.endpoint)/\(bucket)/a%20b"), credentials: account.credentials,
            region: "us-east-1", service: "s3", time: .now(), lifetime: 60)
        let found = try await http.send(HTTPRequest(url: url))
        #expect(found.status == 200 && found.body == [1, 2, 3])
        let last = url.last == "0" ? "1" : "0"
        #expect(try await http.send(HTTPRequest(url: url.dropLast() + last)).status == 403)
    }

    @Test("a clock two hours off is refused; what the refusal teaches makes the next request pass") func clockSkew() async throws {
        guard let account = try await account() else { return }
        let wrongNow: @Sendable () -> Timestamp = { .now() - .seconds(7200) }
        var skew = ClockSkew()
        let refused = try await account.s3("GET", "/", at: skew.time(at: account.endpoint, now: wrongNow()))
        #expect(refused.status == 403 && refused.text.contains("RequestTimeTooSkewed"))
        let date = try #require(refused.headers["date"])
        let isWorthRetrying = skew.learn(
            endpoint: account.endpoint, code: "RequestTimeTooSkewed", date: date, now: wrongNow())
        #expect(isWorthRetrying)
        #expect(try await account.s3("GET", "/", at: skew.time(at: account.endpoint, now: wrongNow())).status == 200)
    }

    @Test("the chain assumes a profile's role; its session reads S3; without or with a wrong token it does not") func assumedRole() async throws {
        guard let account = try await account() else { return }
        #expect(try await account.s3("PUT", "/\(bucket)").status == 200)
        #expect(try await account.s3("PUT", "/\(bucket)/k", body: [7]).status == 200)
        let role = try await account.makeRole("reader-\(bucket)", trusting: #"{"AWS":"*"}"#, action: "sts:AssumeRole")
        let world = account.world(
            config: "[profile reader]\nrole_arn = \(role)\nsource_profile = base\nregion = us-east-1\nrole_session_name = backup\n",
            credentials: """
                [base]
                aws_access_key_id = \(account.credentials.accessKeyID)
                aws_secret_access_key = \(account.credentials.secretAccessKey)
                """)
        let cache = CachedCredentials(DefaultCredentialChain(world, profile: "reader"))
        let session = try await cache.credentials()
        #expect(session.sessionToken != nil)
        #expect(try #require(session.expiration) > .now())
        let got = try await account.s3("GET", "/\(bucket)/k", with: session)
        #expect(got.status == 200 && got.body == [7])
        // The role may read only.
        #expect(try await account.s3("PUT", "/\(bucket)/k", body: [8], with: session).status == 403)
        var tampered = session
        tampered.sessionToken = "tampered"
        #expect(try await account.s3("GET", "/\(bucket)/k", with: tampered).text.contains("InvalidToken"))
        tampered.sessionToken = nil
        #expect(try await account.s3("GET", "/\(bucket)/k", with: tampered).status == 403)
    }

    @Test("a clock a day off assumes a role all the same, and its session expires by that clock", arguments: [-86_400, 86_400])
    func skewedRole(seconds: Int) async throws {
        guard let account = try await account() else { return }
        let role = try await account.makeRole("skewed-\(bucket)-\(seconds < 0 ? "slow" : "fast")", trusting: #"{"AWS":"*"}"#, action: "sts:AssumeRole")
        var world = account.world(
            config: "[profile reader]\nrole_arn = \(role)\nsource_profile = base\nregion = us-east-1\n",
            credentials: "[base]\naws_access_key_id = \(account.credentials.accessKeyID)\naws_secret_access_key = \(account.credentials.secretAccessKey)\n")
        world.now = { .now() + .seconds(seconds) }
        let session = try await DefaultCredentialChain(world, profile: "reader").credentials()
        let left = try #require(session.expiration) - world.now()
        #expect(left > .seconds(3_000) && left < .seconds(4_200), "\(left)")
    }

    @Test("a role of a site is assumed on top of other credentials, again at each call") func roleOfSite() async throws {
        guard let account = try await account() else { return }
        #expect(try await account.s3("PUT", "/\(bucket)").status == 200)
        let role = try await account.makeRole("site-\(bucket)", trusting: #"{"AWS":"*"}"#, action: "sts:AssumeRole")
        let provider = AssumedRoleCredentials(
            account.world(), base: StaticCredentials(account.credentials), region: "us-east-1", roleARN: role,
            externalID: "e-1", sessionName: "site", duration: .seconds(900))
        let first = try await provider.credentials()
        let second = try await provider.credentials()
        #expect(first.accessKeyID != second.accessKeyID)
        #expect(try #require(first.expiration) < .now() + .seconds(1000))
        #expect(try await account.s3("GET", "/\(bucket)?versions", with: second).status == 200)
    }

    @Test("a wrong secret in the base profile is told with STS's code and no secret") func wrongBase() async throws {
        guard let account = try await account() else { return }
        let world = account.world(
            config: "[default]\nrole_arn = arn:aws:iam::000000000000:role/none\nsource_profile = default\n",
            credentials: "[default]\naws_access_key_id = \(account.credentials.accessKeyID)\naws_secret_access_key = hush-hush\n")
        let error = await #expect(throws: CredentialChainError.self) { try await DefaultCredentialChain(world).credentials() }
        guard case .service(let answer)? = error?.attempts.last?.reason else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(answer.status == 403 && answer.code == "SignatureDoesNotMatch")
        #expect(!answer.description.contains("hush-hush"))
    }

    @Test("a web identity token from the environment becomes a session that reads S3") func webIdentity() async throws {
        guard let account = try await account() else { return }
        #expect(try await account.s3("PUT", "/\(bucket)").status == 200)
        #expect(try await account.s3("PUT", "/\(bucket)/k", body: [9]).status == 200)
        let issuer = "oidc.example-\(bucket).test"
        let provider = try await account.makeProvider(issuer)
        let role = try await account.makeRole(
            "pod-\(bucket)", trusting: #"{"Federated":"\#(provider)"}"#, action: "sts:AssumeRoleWithWebIdentity")
        let claims = #"{"iss":"https://\#(issuer)","sub":"system:serviceaccount:ns:sa","aud":"sts.amazonaws.com","exp":4102444800}"#
        let token = ["{\"alg\":\"RS256\"}", claims, "signature"].map { Data($0.utf8).base64URL }.joined(separator: ".")
        var world = account.world(files: ["/token": token + "\n"])
        world.environment["AWS_WEB_IDENTITY_TOKEN_FILE"] = "/token"
        world.environment["AWS_ROLE_ARN"] = role
        world.environment["AWS_REGION"] = "us-east-1"
        let found = try await DefaultCredentialChain(world).resolve()
        #expect(found.source == "web identity token")
        #expect(try await account.s3("GET", "/\(bucket)/k", with: found.credentials).body == [9])
    }
}

extension Data {
    fileprivate var base64URL: String {
        base64EncodedString().replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
            .replacingOccurrences(of: "=", with: "")
    }
}

extension HTTPResponse {
    fileprivate var text: String { String(decoding: body, as: UTF8.self) }
}
