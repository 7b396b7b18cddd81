internal import AWSEndpoints
internal import HTTPTransport

/// What environment and profile say together about region and endpoints, for the calls that credential sources make.
struct IdentitySettings: Sendable {
    let world: IdentityWorld
    /// The name of the selected profile.
    let profile: String
    /// The region given in code.
    let region: String?

    init(world: IdentityWorld, profile: String?, region: String?) {
        self.world = world
        self.profile = AWSProfileSet.selectedName(explicit: profile, environment: world.environment)
        self.region = region
    }

    var locations: ProfileFileLocations {
        ProfileFileLocations(environment: world.environment, home: world.files.homeDirectory)
    }

    /// Reads the files anew: credentials are rare, and files change.
    func profiles() throws(ProfileFileError) -> AWSProfileSet {
        try AWSProfileSet.load(locations, from: world.files)
    }

    func stsRegion(in profiles: AWSProfileSet) -> String {
        RegionResolver.configured(explicit: region, environment: world.environment, profile: profiles.profiles[profile])
            ?? "aws-global"
    }

    /// The endpoint of a service, after all overrides.
    func endpoint(
        of service: AWSService, region: String, in profiles: AWSProfileSet, for source: String
    ) throws(CredentialSourceError) -> ResolvedEndpoint {
        let settings = profiles.endpointSettings(profile: profile, environment: world.environment)
        let configured = ConfiguredEndpoint.find(for: service, in: settings)
        let signingRegion = region == "aws-global" && configured != nil ? "us-east-1" : region
        let endpoint: ResolvedEndpoint
        do throws(EndpointError) {
            endpoint = try ServiceEndpoint.resolve(
                service, region: signingRegion, endpoint: configured?.url,
                useFIPS: isOn("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint", settings),
                useDualStack: isOn("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint", settings))
        } catch {
            throw CredentialSourceError(source: source, reason: .endpointRefused("\(error)"))
        }
        let url = endpoint.url
        guard url.scheme == "https" || url.isLoopback || world.plaintextPolicy == .allowed else {
            throw CredentialSourceError(
                source: source,
                reason: .endpointRefused(
                    "secrets are not sent to \(url) over http:// beyond this machine; use https:// or allow plaintext explicitly"))
        }
        return endpoint
    }

    private func isOn(_ variable: String, _ property: String, _ settings: ConfiguredEndpoint.Settings) -> Bool {
        if world.environment.setting(variable) != nil { return world.environment.isTrue(variable) }
        return settings.profile.isTrue(property)
    }
}
