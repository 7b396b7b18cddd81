public import AWSIdentity
public import AWSEndpoints
public import HTTPTransport
public import S3

/// Makes buckets that can be talked to from settings: credentials, region, endpoint, trust.
///
/// Nothing is sent before the first request to a bucket.
public struct SiteConnector: Sendable {
    private let world: IdentityWorld
    private let overrides: AccessOverrides
    private let clock: S3Clock
    private let proxied: (@Sendable (ProxySetting) throws -> any HTTPClient)?

    /// - Parameters:
    ///   - world: environment, files, network and clock, as `IdentityWorld` gathers them.
    ///   - overrides: the command line's.
    ///   - proxied: makes a client for sites that name a proxy of their own; without it, such settings are refused.
    public init(
        world: IdentityWorld, overrides: AccessOverrides = AccessOverrides(), clock: S3Clock = .system,
        proxied: (@Sendable (ProxySetting) throws -> any HTTPClient)? = nil
    ) {
        self.world = world
        self.overrides = overrides
        self.clock = clock
        self.proxied = proxied
    }

    /// - Throws: ``SiteConnectionError``; `ProfileFileError` when AWS's files cannot be understood.
    public func connect(_ settings: SiteSettings) async throws -> Site {
        Site(
            settings: settings,
            bucket: try await bucket(settings.bucket, access: settings.access, encryption: settings.encryption, for: settings.name))
    }

    /// A bucket by settings of its own: a vault on S3, for example.
    /// - Parameter owner: the name for messages.
    public func bucket(
        _ name: String, access: S3AccessSettings, encryption: ObjectEncryptionSettings = ObjectEncryptionSettings(), for owner: String
    ) async throws -> S3Bucket {
        let ground = try ground(access, service: .s3, explicitEndpoint: overrides.endpointURL ?? access.endpoints.s3, owner: owner)
        let (world, profile, endpoint, region) = (ground.world, ground.profile, ground.endpoint, ground.region)

        // Without a region, S3's redirects lead from us-east-1 to the bucket's own.
        var configuration = S3Configuration(region: region ?? "us-east-1", endpoint: endpoint)
        configuration.addressingStyle = access.usePathStyle == true ? .path : profile.flatMap(Self.addressingStyle) ?? .automatic
        configuration.useFIPS = Self.isOn("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint", access.useFIPS, world.environment, profile)
        configuration.useDualStack = Self.isOn(
            "AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint", access.useDualStack, world.environment, profile)
        configuration.expectedBucketOwner = access.expectedBucketOwner
        configuration.requesterPays = access.requesterPays
        configuration.customerKey = try customerKey(encryption.customerKey, owner: owner)
        configuration.retry.maxAttempts =
            access.maxAttempts ?? (world.environment["AWS_MAX_ATTEMPTS"] ?? profile?["max_attempts"]).flatMap(Int.init).flatMap { $0 > 0 ? $0 : nil } ?? 5
        configuration.trust = world.trust
        configuration.plaintextPolicy = world.plaintextPolicy == .allowed ? .allowed : nil
        return S3Client(configuration, credentials: credentials(access, world, ground.profileName, region), http: world.http, clock: clock).bucket(name)
    }

    /// The way to the DynamoDB of a site's account, for its lock table.
    /// - Throws: ``SiteConnectionError``; `ProfileFileError` when AWS's files cannot be understood.
    public func dynamoDB(for settings: SiteSettings) async throws -> ServiceConnection {
        try await service(.dynamodb, endpoint: settings.access.endpoints.dynamodb, for: settings)
    }

    /// The way to a service that tells who may do what: IAM, STS, KMS.
    ///
    /// - Throws: ``SiteConnectionError``, also when the site's S3 is not AWS's and the service's endpoint is not set: the keys
    ///   of one's own server are no business of AWS. `ProfileFileError` when AWS's files cannot be understood.
    public func accessService(_ service: AWSService, for settings: SiteSettings) async throws -> ServiceConnection {
        let endpoints = settings.access.endpoints
        let explicit =
            switch service {
            case .iam: endpoints.iam
            case .kms: endpoints.kms
            case .sts: endpoints.sts
            default: nil as String?
            }
        let connection = try await self.service(service, endpoint: explicit, for: settings)
        let s3 = try ground(settings.access, service: .s3, explicitEndpoint: overrides.endpointURL ?? endpoints.s3, owner: settings.name)
        guard connection.endpoint != nil || s3.endpoint == nil else {
            throw SiteConnectionError(
                site: settings.name, reason: "S3 is a server of its own, and no endpoint for \(service.rawValue) is configured", hint: "set endpoints.\(service.rawValue) of the site")
        }
        return connection
    }

    private func service(_ service: AWSService, endpoint: String?, for settings: SiteSettings) async throws -> ServiceConnection {
        let access = settings.access
        let ground = try ground(access, service: service, explicitEndpoint: endpoint, owner: settings.name)
        guard let region = ground.region else {
            throw SiteConnectionError(site: settings.name, reason: "the region for \(service.rawValue) is not known", hint: "set the site's region")
        }
        return ServiceConnection(
            region: region, endpoint: ground.endpoint, credentials: credentials(access, ground.world, ground.profileName, region), http: ground.world.http,
            trust: ground.world.trust,
            useFIPS: Self.isOn("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint", access.useFIPS, ground.world.environment, ground.profile),
            useDualStack: Self.isOn("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint", access.useDualStack, ground.world.environment, ground.profile))
    }

    /// What every service of a site stands on.
    private struct Ground {
        var world: IdentityWorld
        var profileName: String?
        var profile: AWSProfile?
        var endpoint: String?
        var region: String?
    }

    private func ground(_ access: S3AccessSettings, service: AWSService, explicitEndpoint: String?, owner: String) throws -> Ground {
        let profileName = overrides.profile ?? access.profile
        var world = world
        world.environment = environment(for: access)
        if access.allowHTTP || overrides.allowHTTP { world.plaintextPolicy = .allowed }
        let profiles = try AWSProfileSet.load(
            ProfileFileLocations(environment: world.environment, home: world.files.homeDirectory), from: world.files)
        let selected = AWSProfileSet.selectedName(explicit: profileName, environment: world.environment)
        let profile = profiles.profiles[selected]
        do {
            world.trust = try access.caBundle.map { path throws(TLSTrustError) in try TLSTrust.bundle(path) }
                ?? TLSTrust.resolve(environment: world.environment, profileBundle: profile?["ca_bundle"])
        } catch {
            throw SiteConnectionError(site: owner, reason: "\(error)", hint: "correct ca_bundle or AWS_CA_BUNDLE; tfguard never does without verification")
        }
        let endpoint = ConfiguredEndpoint.find(
            for: service, explicit: explicitEndpoint,
            in: profiles.endpointSettings(profile: selected, environment: world.environment))
        world.http = try client(access, endpoint: endpoint?.url, owner: owner)
        let region = RegionResolver.configured(explicit: overrides.region ?? access.region, environment: world.environment, profile: profile)
        return Ground(world: world, profileName: profileName, profile: profile, endpoint: endpoint?.url, region: region)
    }

    /// The chain, and the site's role on top of it, both cached.
    private func credentials(_ access: S3AccessSettings, _ world: IdentityWorld, _ profile: String?, _ region: String?) -> any CredentialProvider {
        let chain = CachedCredentials(DefaultCredentialChain(world, profile: profile, region: region), now: world.now)
        guard let role = access.assumeRole else { return chain }
        return CachedCredentials(
            AssumedRoleCredentials(
                world, base: chain, profile: profile, region: region, roleARN: role.roleARN, externalID: role.externalID, sessionName: role.sessionName,
                duration: role.duration),
            now: world.now)
    }

    /// The environment as this site's identity sources shall see it: what the site sets stands above it.
    private func environment(for access: S3AccessSettings) -> [String: String] {
        var environment = world.environment
        if let file = access.sharedConfigFile { environment["AWS_CONFIG_FILE"] = file }
        if let file = access.sharedCredentialsFile { environment["AWS_SHARED_CREDENTIALS_FILE"] = file }
        if let url = access.endpoints.sts { environment["AWS_ENDPOINT_URL_STS"] = url }
        if let url = access.endpoints.sso { environment["AWS_ENDPOINT_URL_SSO"] = url }
        if let isOn = access.useFIPS { environment["AWS_USE_FIPS_ENDPOINT"] = isOn ? "true" : "false" }
        if let isOn = access.useDualStack { environment["AWS_USE_DUALSTACK_ENDPOINT"] = isOn ? "true" : "false" }
        return environment
    }

    private func client(_ access: S3AccessSettings, endpoint: String?, owner: String) throws -> any HTTPClient {
        let isPlain = endpoint?.hasPrefix("http://") ?? false
        guard let proxy = isPlain ? access.httpProxy : access.httpsProxy else { return world.http }
        guard let proxied else {
            throw SiteConnectionError(site: owner, reason: "a proxy of its own is not possible here", hint: "set the proxy in the environment")
        }
        return try proxied(.url(proxy, bypass: access.noProxy ?? ""))
    }

    private func customerKey(_ source: SecretSource?, owner: String) throws -> S3CustomerKey? {
        guard let source else { return nil }
        let text: String
        switch source {
        case .environment(let name):
            guard let value = world.environment[name], !value.isEmpty else {
                throw SiteConnectionError(site: owner, reason: "sse_customer_key: the environment variable \(name) is not set")
            }
            text = value
        case .file(let path):
            do {
                text = String(try LocalFile.readText(path, limit: 4_096).prefix { !$0.isNewline })
            } catch {
                throw SiteConnectionError(site: owner, reason: "sse_customer_key: \(path): \(error)")
            }
        case .command:
            throw SiteConnectionError(site: owner, reason: "sse_customer_key comes from a file or from the environment")
        }
        guard let key = CustomerKeyText.decode(text) else {
            throw SiteConnectionError(site: owner, reason: "sse_customer_key should be 32 bytes in base64 (44 characters)")
        }
        return key
    }

    private static func addressingStyle(_ profile: AWSProfile) -> S3EndpointParameters.AddressingStyle? {
        profile.properties["s3"]?.subproperties["addressing_style"].flatMap { S3EndpointParameters.AddressingStyle(rawValue: $0.lowercased()) }
    }

    private static func isOn(_ variable: String, _ property: String, _ setting: Bool?, _ environment: [String: String], _ profile: AWSProfile?) -> Bool {
        if let setting { return setting }
        return (environment[variable].flatMap { $0.isEmpty ? nil : $0 } ?? profile?[property])?.lowercased() == "true"
    }
}
