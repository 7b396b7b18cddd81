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
        _ world: IdentityWorld, base: any CredentialProvider, profile: String? = nil, region: String? = nil,
        roleARN: String, externalID: String? = nil, sessionName: String? = nil, duration: Duration? = nil
    ) {
        settings = IdentitySettings(world: world, profile: profile, region: region)
        self.base = base
        role = RoleToAssume(
            arn: roleARN, profile: settings.profile, sessionName: sessionName, externalID: externalID,
            duration: duration.map { Int($0.components.seconds) }, source: .profile(settings.profile))
    }

    /// - Throws: ``CredentialSourceError``, what the base provider throws, or `CancellationError`.
    public func credentials() async throws -> AWSCredentials {
        let own = try await base.credentials()
        do {
            return try await assume(with: own)
        } catch let error as CredentialSourceError where error.saysStaleKeys {
            // STS refused the keys themselves: the base may have newer ones.
            await base.invalidate(own)
            let fresh = try await base.credentials()
            guard fresh != own else { throw error }
            return try await assume(with: fresh)
        }
    }

    private func assume(with own: AWSCredentials) async throws -> AWSCredentials {
        let name = "role \(role.arn)"
        let profiles: AWSProfileSet
        do throws(ProfileFileError) {
            profiles = try settings.profiles()
        } catch {
            throw CredentialSourceError(source: name, reason: .profileFile(error))
        }
        return try await AssumedRoles(settings: settings, profiles: profiles, source: name).assume([role], from: own)
    }
}

extension CredentialSourceError {
    /// Whether a service refused the keys it was asked with, rather than the question.
    fileprivate var saysStaleKeys: Bool {
        guard case .service(let answer) = reason, let code = answer.code else { return false }
        return ["ExpiredToken", "ExpiredTokenException", "InvalidClientTokenId", "UnrecognizedClientException"].contains(code)
    }
}
