internal import HTTPTransport

/// The credential sources in the order of the AWS SDKs: environment variables, the profile (static keys, assumed roles,
/// web identity, SSO, `credential_process`), a web identity token named by the environment, the container's
/// credentials (ECS, EKS), the instance's metadata service.
///
/// The first source that is configured decides: when it fails, the chain fails, because other keys than those meant
/// could be keys of another account. A profile that is named explicitly goes before the environment's keys.
///
/// Each call asks anew; put a ``CachedCredentials`` around it.
public struct DefaultCredentialChain: CredentialProvider {
    private let world: IdentityWorld
    private let profile: String?
    private let region: String?

    /// - Parameters:
    ///   - profile: the profile given in the site or on the command line; nil for `AWS_PROFILE` or `default`.
    ///   - region: the region given there, for STS; nil for the environment's or the profile's.
    public init(_ world: IdentityWorld, profile: String? = nil, region: String? = nil) {
        self.world = world
        self.profile = profile
        self.region = region
    }

    public func credentials() async throws -> AWSCredentials {
        try await resolve().credentials
    }

    /// Credentials, and the source that gave them, as a person would name it.
    ///
    /// - Throws: ``CredentialChainError``, or `CancellationError`.
    public func resolve() async throws -> (credentials: AWSCredentials, source: String) {
        var attempts: [CredentialSourceError] = []
        for source in sources() {
            do {
                return (try await source.fetch(), source.name)
            } catch let error as CredentialSourceError {
                attempts.append(error)
                guard error.isNotConfigured else { break }
            }
        }
        throw CredentialChainError(attempts: attempts)
    }

    private func sources() -> [any CredentialSource] {
        let settings = IdentitySettings(world: world, profile: profile, region: region)
        var sources: [any CredentialSource] = [
            ProfileSource(settings: settings, isExplicit: profile != nil),
            WebIdentityEnvironmentSource(settings: settings),
            ContainerSource(world: world),
            InstanceMetadataSource(settings: settings),
        ]
        // Keys in the environment are not those of a profile that was asked for by name.
        if profile == nil { sources.insert(EnvironmentSource(environment: world.environment), at: 0) }
        return sources
    }
}
