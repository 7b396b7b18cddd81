import Foundation
import HTTPTransport
import Testing
import Timestamps

@testable import AWSIdentity

@Suite("SSO") struct SSOSourceTests {
    static let now = Timestamp(seconds: 1_700_000_000)
    static let config = """
        [default]
        sso_session = dev
        sso_account_id = 111122223333
        sso_role_name = Read Only
        [sso-session dev]
        sso_region = eu-west-1
        sso_start_url = https://x.awsapps.com/start
        """
    /// sha1("dev")
    static let path = "/h/.aws/sso/cache/34c6fceca75e456f25e7e99531e2425c6c1de443.json"
    static let portal = ReplayingClient.Exchange(
        method: "GET",
        url: "https://portal.sso.eu-west-1.amazonaws.com/federation/credentials?account_id=111122223333&role_name=Read%20Only",
        headers: ["x-amz-sso_bearer_token": "old"],
        answer: #"{"roleCredentials":{"accessKeyId":"k","secretAccessKey":"s","sessionToken":"t","expiration":2000000000000}}"#)

    private func file(expiresIn seconds: Int64, renewable: Bool = true) -> String {
        let end = (Self.now + .seconds(seconds)).rfc3339
        let renewal = #","refreshToken":"r1","clientId":"id","clientSecret":"cs","registrationExpiresAt":"2033-05-18T03:33:20Z""#
        return #"{"accessToken":"old","expiresAt":"\#(end)","startUrl":"https://x","mine":[1,"two"]\#(renewable ? renewal : "")}"#
    }

    private func fetch(_ http: ReplayingClient, _ files: InMemoryFiles) async throws -> AWSCredentials {
        let world = IdentityWorld(
            environment: ["HOME": "/h", "AWS_EC2_METADATA_DISABLED": "true"], files: files, http: http,
            now: { Self.now }, sleep: { _ in }, random: { 0.5 })
        return try await DefaultCredentialChain(world).credentials()
    }

    private func files(_ token: String?, config: String = Self.config) -> InMemoryFiles {
        var texts = ["/h/.aws/config": config]
        texts[Self.path] = token
        return InMemoryFiles(texts: texts)
    }

    private func renewal(status: Int = 200, answer: String = #"{"accessToken":"new","expiresIn":3600,"refreshToken":"r2"}"#) -> ReplayingClient.Exchange {
        .init(
            method: "POST", url: "https://oidc.eu-west-1.amazonaws.com/token",
            headers: ["content-type": "application/json"], status: status, answer: answer)
    }

    @Test("a token with time left is used as it is") func freshToken() async throws {
        let http = ReplayingClient([Self.portal])
        let credentials = try await fetch(http, files(file(expiresIn: 3600)))
        #expect(
            credentials
                == AWSCredentials(
                    accessKeyID: "k", secretAccessKey: "s", sessionToken: "t",
                    expiration: Timestamp(seconds: 2_000_000_000), accountID: "111122223333"))
        #expect(http.surprises.isEmpty && http.unused == 0)
    }

    @Test("a token that runs out is refreshed and its file rewritten, foreign fields kept") func refresh() async throws {
        var portal = Self.portal
        portal.headers["x-amz-sso_bearer_token"] = "new"
        let http = ReplayingClient([renewal(), portal])
        let files = files(file(expiresIn: 60))
        _ = try await fetch(http, files)
        #expect(http.surprises.isEmpty && http.unused == 0)
        guard case .bytes(let body)? = http.sent.first?.body else {
            Issue.record("no question")
            return
        }
        #expect(
            try JSONDecoder().decode([String: String].self, from: Data(body))
                == ["clientId": "id", "clientSecret": "cs", "grantType": "refresh_token", "refreshToken": "r1"])
        let written = try files.read(Self.path, limit: 10_000).bytes
        let token = try #require(SSOToken(written))
        #expect(token.accessToken == "new" && token.expiresAt == Self.now + .seconds(3600))
        #expect(token.renewal?.refreshToken == "r2")
        let fields = try #require(try JSONSerialization.jsonObject(with: Data(written)) as? [String: Any])
        #expect(fields["startUrl"] as? String == "https://x")
        #expect((fields["mine"] as? [Any])?.count == 2)
    }

    @Test("a refresh that fails is tolerated while the old token lives, not after") func failedRefresh() async throws {
        let broken = Array(repeating: renewal(status: 500, answer: ""), count: 3)
        let alive = ReplayingClient(broken + [Self.portal])
        #expect(try await fetch(alive, files(file(expiresIn: 60))).accessKeyID == "k")
        let dead = ReplayingClient(broken)
        await #expect(throws: CredentialChainError.self) { try await fetch(dead, files(file(expiresIn: -1))) }
    }

    @Test("an ended login names the command that renews it", arguments: [
        (Int64(-1), false, 400, "aws sso login --sso-session dev"), (-1, true, 400, "aws sso login --sso-session dev"),
    ])
    func endedLogin(seconds: Int64, renewable: Bool, status: Int, words: String) async throws {
        let http = ReplayingClient([renewal(status: status, answer: #"{"error":"invalid_grant","__type":"InvalidGrantException"}"#)])
        let error = await #expect(throws: CredentialChainError.self) {
            try await fetch(http, files(file(expiresIn: seconds, renewable: renewable)))
        }
        #expect(error.map { "\($0)".contains(words) } == true)
        let portal = ReplayingClient([.init(method: "GET", url: Self.portal.url, status: 401)])
        let refused = await #expect(throws: CredentialChainError.self) { try await fetch(portal, files(file(expiresIn: 3600))) }
        #expect(refused.map { "\($0)".contains(words) } == true)
    }

    @Test("no token, or a file that is none, says how to log in") func noToken() async throws {
        for token in [nil, "{}", "garbage", "[]", #"{"accessToken":"x","expiresAt":"soon"}"#] as [String?] {
            let error = await #expect(throws: CredentialChainError.self) { try await fetch(.init(), files(token)) }
            #expect(error.map { "\($0)".contains("aws sso login --sso-session dev") && "\($0)".contains(Self.path) } == true)
        }
    }

    @Test("the legacy form takes the token by its start URL and cannot refresh") func legacy() async throws {
        let config = Self.config.replacingOccurrences(of: "sso_session = dev", with: "sso_region = eu-west-1\nsso_start_url = https://x.awsapps.com/start")
        let error = await #expect(throws: CredentialChainError.self) { try await fetch(.init(), files(nil, config: config)) }
        #expect(error.map { "\($0)".contains("aws sso login --profile default") } == true)
    }
}
