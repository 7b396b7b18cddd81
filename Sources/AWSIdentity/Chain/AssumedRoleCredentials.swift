/// A role named outside of the AWS files (`role_arn` of a site), assumed with the credentials of another provider.
///
/// Each call asks STS anew; put a ``CachedCredentials`` around it.
public struct AssumedRoleCredentials: CredentialProvider {
    private let settings: IdentitySettings
    private let base: any CredentialProvider
    private let role: RoleToAssume

    /// - Parameters:
    ///   - base: whose credentials may assume the role.
    ///   - profile: the profile that says where STS is; nil for `AWS_PROFILE` or `default`.
    ///   - region: the region of STS; nil for the environment's or the profile's.
    ///   - duration: how long the credentials live, in whole seconds; nil for the role's own hour.
    public init(
        _ world: IdentityWorld, base: any CredentialProvider, profile: String? = nil, region: String? = nil, roleARN: String,
        externalID: String? = nil, sessionName: String? = nil, duration: Duration? = nil
    ) {
        settings = IdentitySettings(world: world, profile: profile, region: region)
        self.base = base
        role = RoleToAssume(
            arn: roleARN, profile: settings.profile, sessionName: sessionName, externalID: externalID, duration: duration.map { Int($0.components.seconds) })
    }

    public func credentials() async throws -> AWSCredentials {
        let roles = AssumedRoles(settings: settings, profiles: try settings.profiles(), source: "role \(role.arn)")
        return try await roles.assume([role], from: base.credentials())
    }

    public func invalidate(_ refused: AWSCredentials) async {
        // The refused credentials are the role's; what assumed it may be stale as well.
        if let own = try? await base.credentials() { await base.invalidate(own) }
    }
}

extension RoleToAssume {
    /// A role that no profile names.
    init(arn: String, profile: String, sessionName: String?, externalID: String?, duration: Int?) {
        self.init(arn: arn, profile: profile, sessionName: sessionName, externalID: externalID, duration: duration, source: .profile(profile))
    }
}
