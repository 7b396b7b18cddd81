/// A role that is assumed with a token of an identity provider (`sts:AssumeRoleWithWebIdentity`).
struct WebIdentityRole: Equatable {
    var arn: String
    /// The path of the token, read anew at each use because its owner replaces it.
    var tokenFile: String
    var sessionName: String?

    init(arn: String, tokenFile: String, sessionName: String?) {
        self.arn = arn
        self.tokenFile = tokenFile
        self.sessionName = sessionName
    }

    /// Nil when the profile names no token.
    init?(_ profile: AWSProfile) throws(ProfileCredentialError) {
        guard let tokenFile = profile["web_identity_token_file"] else { return nil }
        guard let arn = profile["role_arn"] else { throw .webIdentityWithoutRole(profile: profile.name) }
        self.init(arn: arn, tokenFile: tokenFile, sessionName: profile["role_session_name"])
    }
}
