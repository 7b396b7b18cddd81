/// The selected profile: keys, roles, web identity, SSO, `credential_process`.
struct ProfileSource: CredentialSource {
    let settings: IdentitySettings
    /// Whether the profile was asked for in code, rather than by `AWS_PROFILE` or as the default.
    let isExplicit: Bool

    var name: String { "profile \(settings.profile)" }

    func fetch() async throws -> AWSCredentials {
        let profiles: AWSProfileSet
        do throws(ProfileFileError) {
            profiles = try settings.profiles()
        } catch {
            throw failure(.profileFile(error))
        }
        let plan: ProfileCredentialPlan
        do throws(ProfileCredentialError) {
            try refuseLoginSession(profiles)
            plan = try ProfileCredentialPlan(profile: settings.profile, in: profiles)
        } catch {
            throw failure(canGoOn(after: error) ? .notConfigured("\(error)") : .profile(error))
        }
        let roles = AssumedRoles(settings: settings, profiles: profiles, source: name)
        let base = try await base(plan.base, profiles: profiles, roles: roles)
        return try await roles.assume(plan.roles, from: base)
    }

    private func base(
        _ base: ProfileCredentialPlan.Base, profiles: AWSProfileSet, roles: AssumedRoles
    ) async throws -> AWSCredentials {
        switch base {
        case .keys(let credentials): return credentials
        case .webIdentity(let role): return try await roles.assume(role)
        case .sso(let login): return try await SSOSource(settings: settings, profiles: profiles, login: login, name: name).fetch()
        case .program(let command): return try await ProgramSource(world: settings.world, command: command, name: name).fetch()
        case .named(let source): return try await named(source)
        }
    }

    /// Here a source that is not configured is an error: the profile names it.
    private func named(_ source: ProfileCredentialPlan.NamedSource) async throws -> AWSCredentials {
        let world = settings.world
        let origin: any CredentialSource =
            switch source {
            case .environment: EnvironmentSource(environment: world.environment)
            case .container: ContainerSource(world: world)
            case .instance: InstanceMetadataSource(settings: settings)
            }
        do {
            return try await origin.fetch()
        } catch let error as CredentialSourceError {
            guard case .notConfigured(let what) = error.reason else { throw error }
            throw failure(.invalid("credential_source \(source.rawValue) of the profile gives nothing: \(what)"))
        }
    }

    /// A default profile may be absent or hold settings only. One that was named must be there.
    private func canGoOn(after error: ProfileCredentialError) -> Bool {
        switch error {
        case .noProfiles, .missingProfile: !isNamed
        case .noCredentials(let profile): profile == settings.profile
        default: false
        }
    }

    private var isNamed: Bool {
        isExplicit || settings.world.environment.setting("AWS_PROFILE") != nil
            || settings.world.environment.setting("AWS_DEFAULT_PROFILE") != nil
    }

    /// `aws login` keeps its session in a form of its own (DPoP), which tfguard does not speak.
    private func refuseLoginSession(_ profiles: AWSProfileSet) throws(ProfileCredentialError) {
        guard let profile = profiles.profiles[settings.profile], profile["login_session"] != nil,
            profile["role_arn"] == nil, profile["aws_access_key_id"] == nil, profile["credential_process"] == nil
        else { return }
        throw .loginSession(profile: profile.name)
    }
}
