internal import Timestamps

/// `AWS_ACCESS_KEY_ID` and its siblings.
struct EnvironmentSource: CredentialSource {
    let environment: [String: String]

    var name: String { "environment" }

    func fetch() async throws -> AWSCredentials {
        let key = environment.setting("AWS_ACCESS_KEY_ID")
        let secret = environment.setting("AWS_SECRET_ACCESS_KEY")
        guard key != nil || secret != nil else {
            throw failure(.notConfigured("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set"))
        }
        guard let key else { throw failure(.incomplete(missing: "AWS_ACCESS_KEY_ID")) }
        guard let secret else { throw failure(.incomplete(missing: "AWS_SECRET_ACCESS_KEY")) }
        var expiration: Timestamp?
        if let text = environment.setting("AWS_CREDENTIAL_EXPIRATION") {
            guard let parsed = Timestamp(rfc3339: text) else {
                throw failure(.invalid("AWS_CREDENTIAL_EXPIRATION is no RFC 3339 time"))
            }
            expiration = parsed
        }
        return AWSCredentials(
            accessKeyID: key, secretAccessKey: secret,
            sessionToken: environment.setting("AWS_SESSION_TOKEN") ?? environment.setting("AWS_SECURITY_TOKEN"),
            expiration: expiration, accountID: environment.setting("AWS_ACCOUNT_ID"))
    }
}
