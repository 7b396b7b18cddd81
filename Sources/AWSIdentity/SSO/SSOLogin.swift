/// What a profile says about an IAM Identity Center login.
struct SSOLogin: Equatable {
    var profile: String
    /// The name of the `[sso-session]`; nil in the legacy form, which has everything in the profile.
    var session: String?
    var region: String
    var startURL: String
    /// The account and the role in it; nil when the profile is for a token only.
    var account: String?
    var role: String?

    /// Nil when the profile says nothing about SSO.
    init?(_ profile: AWSProfile, in set: AWSProfileSet) throws(ProfileCredentialError) {
        let names = ["sso_session", "sso_account_id", "sso_role_name", "sso_region", "sso_start_url"]
        guard names.contains(where: { profile[$0] != nil }) else { return nil }
        self.profile = profile.name
        (account, role) = (profile["sso_account_id"], profile["sso_role_name"])
        if account == nil, role != nil {
            throw .incompleteSSO(set: "sso_role_name", missing: "sso_account_id", profile: profile.name)
        }
        if role == nil, account != nil {
            throw .incompleteSSO(set: "sso_account_id", missing: "sso_role_name", profile: profile.name)
        }
        session = profile["sso_session"]
        let home: AWSProfile
        if let name = session {
            guard let section = set.ssoSessions[name] else { throw .missingSSOSession(name, profile: profile.name) }
            // The same value in both places is tolerated, as old tools wrote it there.
            for property in ["sso_region", "sso_start_url"] {
                if let value = profile[property], value != section[property] {
                    throw .ssoPropertyOutsideSession(property, profile: profile.name)
                }
            }
            home = section
        } else {
            home = profile
        }
        guard let region = home["sso_region"] else { throw .missingProperty("sso_region", profile: profile.name) }
        guard let url = home["sso_start_url"] else { throw .missingProperty("sso_start_url", profile: profile.name) }
        (self.region, startURL) = (region, url)
        if session == nil, account == nil {
            throw .missingProperty("sso_account_id and sso_role_name", profile: profile.name)
        }
    }

    /// The text whose SHA-1 names the token's file.
    var cacheKey: String { session ?? startURL }

    /// The command that renews the login.
    var loginCommand: String {
        session.map { "aws sso login --sso-session \($0)" } ?? "aws sso login --profile \(profile)"
    }
}
