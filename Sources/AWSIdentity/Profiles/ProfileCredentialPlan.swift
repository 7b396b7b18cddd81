/// How a profile leads to credentials: a base, then roles assumed one after the other.
struct ProfileCredentialPlan: Equatable {
    enum Base: Equatable {
        case keys(AWSCredentials)
        case named(NamedSource)
        case webIdentity(WebIdentityRole)
        case sso(SSOLogin)
        /// The text of `credential_process`.
        case program(String)
    }

    /// What `credential_source` may say.
    enum NamedSource: String {
        case environment = "Environment"
        case instance = "Ec2InstanceMetadata"
        case container = "EcsContainer"
    }

    let base: Base
    let roles: [RoleToAssume]

    init(profile name: String, in set: AWSProfileSet) throws(ProfileCredentialError) {
        guard !set.profiles.isEmpty else { throw .noProfiles }
        var visited: [String] = []
        var roles: [RoleToAssume] = []
        var current = name
        while true {
            guard let profile = set.profiles[current] else {
                guard let last = visited.last else { throw .missingProfile(current, notes: set.notes) }
                throw .missingSourceProfile(current, referencedFrom: last)
            }
            guard !visited.contains(current) else { throw .loop(visited + [current]) }
            visited.append(current)
            // Keys of a source profile end the chain even when it has a role of its own.
            if visited.count > 1, let keys = try Self.keys(profile) {
                (base, self.roles) = (.keys(keys), roles.reversed())
                return
            }
            guard let role = try RoleToAssume(profile) else {
                (base, self.roles) = (try Self.base(profile, in: set), roles.reversed())
                return
            }
            roles.append(role)
            switch role.source {
            case .named(let source):
                (base, self.roles) = (.named(source), roles.reversed())
                return
            case .profile(current):
                guard let keys = try Self.keys(profile) else { throw .noCredentials(profile: current) }
                (base, self.roles) = (.keys(keys), roles.reversed())
                return
            case .profile(let next): current = next
            }
        }
    }

    /// In botocore's order: web identity, SSO, keys of the credentials file, `credential_process`, keys of the config
    /// file.
    private static func base(_ profile: AWSProfile, in set: AWSProfileSet) throws(ProfileCredentialError) -> Base {
        if let role = try WebIdentityRole(profile) { return .webIdentity(role) }
        if let login = try SSOLogin(profile, in: set) { return .sso(login) }
        let program = profile["credential_process"]
        let keysComeFirst = profile.properties["aws_access_key_id"]?.file == .credentials
        if let program, !keysComeFirst { return .program(program) }
        if let keys = try keys(profile) { return .keys(keys) }
        throw .noCredentials(profile: profile.name)
    }

    private static func keys(_ profile: AWSProfile) throws(ProfileCredentialError) -> AWSCredentials? {
        let (key, secret) = (profile["aws_access_key_id"], profile["aws_secret_access_key"])
        if key == nil && secret == nil { return nil }
        guard let key else { throw .missingProperty("aws_access_key_id", profile: profile.name) }
        guard let secret else { throw .missingProperty("aws_secret_access_key", profile: profile.name) }
        return AWSCredentials(
            accessKeyID: key, secretAccessKey: secret,
            sessionToken: profile["aws_session_token"] ?? profile["aws_security_token"],
            accountID: profile["aws_account_id"])
    }
}
