import AWSIdentity
import HTTPTransport
import Reports
import Sites

/// Connects sites with what the command line says above the configuration.
struct SiteAccess {
    private let connector: SiteConnector

    /// - Parameter parallel: requests in flight at a time.
    init(_ session: Session, _ options: ConfigurationOptions, parallel: Int = 32) throws {
        let environment = session.environment
        var transport = CurlConfiguration()
        transport.maxTransfersPerHost = parallel
        transport.maxTransfers = max(64, parallel)
        transport.userAgent = "tfguard/\(TFGuard.version)"
        let client = LoggedHTTPClient(try CurlClient(configuration: transport), log: session.log)
        var world = IdentityWorld(environment: environment.values, http: client)
        if session.terminal.inputIsTerminal { world.mfaCode = { serial in try session.askForMFACode(serial: serial) } }
        let overrides = AccessOverrides(
            profile: options.profile ?? environment["TFGUARD_PROFILE"], region: options.region ?? environment["TFGUARD_REGION"],
            endpointURL: options.endpointURL ?? environment["TFGUARD_ENDPOINT_URL"])
        let configuration = transport
        connector = SiteConnector(world: world, overrides: overrides) { proxy in
            var own = configuration
            own.proxy = proxy
            return try CurlClient(configuration: own)
        }
    }

    /// Sends nothing yet: credentials are asked for at the first request.
    func connect(_ settings: SiteSettings) async throws -> Site {
        try await connector.connect(settings)
    }

    /// The way to the DynamoDB of a site's account.
    func dynamoDB(for settings: SiteSettings) async throws -> ServiceConnection {
        try await connector.dynamoDB(for: settings)
    }
}
