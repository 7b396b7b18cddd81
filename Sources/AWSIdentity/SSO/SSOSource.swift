internal import AWSEndpoints
internal import Foundation
internal import HTTPTransport
internal import Timestamps

/// Credentials of a role through IAM Identity Center: the cached token of `aws sso login`, refreshed when it runs out
/// (SSO OIDC CreateToken), exchanged for keys (SSO GetRoleCredentials).
struct SSOSource: CredentialSource {
    let settings: IdentitySettings
    let profiles: AWSProfileSet
    let login: SSOLogin
    let name: String

    /// A token with less time left is refreshed.
    private static let refreshWindow: Duration = .seconds(900)

    func fetch() async throws -> AWSCredentials {
        guard let account = login.account, let role = login.role else {
            throw failure(.profile(.ssoTokenOnly(profile: login.profile)))
        }
        let token = try await token()
        let endpoint = try settings.endpoint(of: .sso, region: login.region, in: profiles, for: name)
        let query = "role_name=\(PercentEncoding.encode(role))&account_id=\(PercentEncoding.encode(account))"
        let world = settings.world
        let response: HTTPResponse
        do {
            response = try await CredentialRequests(world: world, source: name).send(
                service: "SSO", operation: "GetRoleCredentials", error: Self.error
            ) {
                HTTPRequest(
                    url: "\(endpoint.url)/federation/credentials?\(query)",
                    headers: ["x-amz-sso_bearer_token": token, "Accept": "application/json"], trust: world.trust,
                    plaintextPolicy: world.plaintextPolicy)
            }
        } catch let error as CredentialSourceError {
            if case .service(let answer) = error.reason, answer.status == 401 {
                throw failure(.ssoExpired(login: login.loginCommand))
            }
            throw error
        }
        return try credentials(in: response, account: account)
    }

    /// The access token of the login, refreshed if it must be and can be.
    private func token() async throws -> String {
        let path = SSOToken.path(of: login, in: settings.locations.ssoCache)
        let contents: FileContents
        do throws(FileAccessError) {
            contents = try settings.world.files.read(path, limit: 256 << 10)
        } catch {
            guard error.reason == .missing else { throw failure(.file(error)) }
            throw failure(.invalid("failed to read `\(path)`: No such file or directory; run `\(login.loginCommand)`"))
        }
        guard var token = SSOToken(contents.bytes) else {
            throw failure(.invalid("\(path) holds no SSO token; run `\(login.loginCommand)`"))
        }
        let now = settings.world.now()
        guard token.expiresAt - now < Self.refreshWindow else { return token.accessToken }
        do {
            if try await refresh(&token, now: now) {
                // The renewed token serves this run even where the cache cannot be written (a read-only home).
                if let bytes = try? token.bytes() { try? settings.world.files.replace(path, with: bytes) }
            }
        } catch let error as CredentialSourceError {
            guard token.expiresAt > now else { throw error }
        }
        guard token.expiresAt > now else { throw failure(.ssoExpired(login: login.loginCommand)) }
        return token.accessToken
    }

    /// False when the login is of a kind that cannot be refreshed.
    private func refresh(_ token: inout SSOToken, now: Timestamp) async throws -> Bool {
        guard login.session != nil, let renewal = token.renewal else { return false }
        if let end = renewal.registrationExpiresAt, end <= now { return false }
        let world = settings.world
        let endpoint = try settings.endpoint(of: .ssoOIDC, region: login.region, in: profiles, for: name)
        let question = [
            "clientId": renewal.clientID, "clientSecret": renewal.clientSecret, "grantType": "refresh_token",
            "refreshToken": renewal.refreshToken,
        ]
        let body = [UInt8](try JSONEncoder().encode(question))
        let response: HTTPResponse
        do {
            response = try await CredentialRequests(world: world, source: name).send(
                service: "SSO OIDC", operation: "CreateToken", error: Self.error
            ) {
                HTTPRequest(
                    method: "POST", url: "\(endpoint.url)/token", headers: ["Content-Type": "application/json"],
                    body: .bytes(body), trust: world.trust)
            }
        } catch let error as CredentialSourceError {
            if case .service(let answer) = error.reason, answer.code?.contains("InvalidGrant") == true
                || answer.code?.contains("ExpiredToken") == true
            {
                throw failure(.ssoExpired(login: login.loginCommand))
            }
            throw error
        }
        guard let answer = try? JSONDecoder().decode(RenewedToken.self, from: Data(response.body)), answer.expiresIn > 0 else {
            throw failure(.malformedAnswer("the answer of SSO OIDC CreateToken holds no token"))
        }
        token.renew(
            accessToken: answer.accessToken, expiresAt: now + .seconds(answer.expiresIn),
            refreshToken: answer.refreshToken)
        return true
    }

    private func credentials(in response: HTTPResponse, account: String) throws(CredentialSourceError) -> AWSCredentials {
        guard let answer = try? JSONDecoder().decode(RoleCredentials.self, from: Data(response.body)).roleCredentials,
            !answer.accessKeyId.isEmpty, !answer.secretAccessKey.isEmpty
        else { throw failure(.malformedAnswer("the answer of SSO GetRoleCredentials holds no credentials")) }
        return AWSCredentials(
            accessKeyID: answer.accessKeyId, secretAccessKey: answer.secretAccessKey, sessionToken: answer.sessionToken,
            expiration: Timestamp(seconds: answer.expiration / 1000), accountID: account)
    }

    private static func error(in response: HTTPResponse) -> (code: String?, message: String?, requestID: String?) {
        let answer = try? JSONDecoder().decode(ErrorAnswer.self, from: Data(response.body))
        let type = response.headers["x-amzn-errortype"]?.split(separator: ":").first.map(String.init)
        let code = type ?? answer?.type?.split(separator: "#").last.map(String.init) ?? answer?.error
        return (code, answer?.message ?? answer?.explanation, response.headers["x-amzn-requestid"] ?? response.headers["requestid"])
    }

    private struct RoleCredentials: Decodable {
        struct Keys: Decodable {
            let accessKeyId, secretAccessKey, sessionToken: String
            /// Milliseconds since 1970.
            let expiration: Int64
        }
        let roleCredentials: Keys
    }

    private struct RenewedToken: Decodable {
        let accessToken: String
        /// Seconds.
        let expiresIn: Int64
        let refreshToken: String?
    }

    private struct ErrorAnswer: Decodable {
        let type, message, error, explanation: String?

        private enum CodingKeys: String, CodingKey {
            case type = "__type"
            case message, error
            case explanation = "error_description"
        }
    }
}
