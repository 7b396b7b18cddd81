internal import Cryptography
internal import Foundation
internal import Timestamps

/// The cached token of an SSO login, as the AWS CLI writes it to `~/.aws/sso/cache`.
struct SSOToken {
    var accessToken: String
    var expiresAt: Timestamp
    /// What a refresh needs; nil when the login cannot be refreshed.
    var renewal: Renewal?
    /// Every field of the file, so that a rewrite keeps those of other tools.
    private var fields: [String: any Sendable]

    struct Renewal: Equatable {
        var refreshToken: String
        var clientID: String
        var clientSecret: String
        var registrationExpiresAt: Timestamp?
    }

    /// The file of a login in the cache folder.
    static func path(of login: SSOLogin, in cache: String) -> String {
        "\(cache)/\(Hex.encode(SHA1.hash(Array(login.cacheKey.utf8)))).json"
    }

    /// Nil when the bytes are no such token.
    init?(_ bytes: [UInt8]) {
        guard let fields = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: any Sendable],
            let token = fields["accessToken"] as? String, !token.isEmpty,
            let end = (fields["expiresAt"] as? String).flatMap(Self.time)
        else { return nil }
        self.fields = fields
        accessToken = token
        expiresAt = end
        if let refreshToken = fields["refreshToken"] as? String, let id = fields["clientId"] as? String,
            let secret = fields["clientSecret"] as? String
        {
            let registration = (fields["registrationExpiresAt"] as? String).flatMap(Self.time)
            renewal = Renewal(
                refreshToken: refreshToken, clientID: id, clientSecret: secret, registrationExpiresAt: registration)
        }
    }

    /// Old versions of the AWS CLI wrote `2020-06-17T10:02:08UTC`.
    private static func time(_ text: String) -> Timestamp? {
        Timestamp(rfc3339: text.hasSuffix("UTC") ? text.dropLast(3) + "Z" : text[...])
    }

    mutating func renew(accessToken: String, expiresAt: Timestamp, refreshToken: String?) {
        self.accessToken = accessToken
        self.expiresAt = expiresAt
        fields["accessToken"] = accessToken
        fields["expiresAt"] = Timestamp(seconds: expiresAt.seconds).rfc3339
        if let refreshToken {
            renewal?.refreshToken = refreshToken
            fields["refreshToken"] = refreshToken
        }
    }

    /// The content of the file.
    func bytes() throws -> [UInt8] {
        [UInt8](try JSONSerialization.data(withJSONObject: fields, options: [.prettyPrinted, .sortedKeys]))
    }
}
