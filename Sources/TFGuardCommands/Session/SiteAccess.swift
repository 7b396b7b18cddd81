import AWSEndpoints
import AWSIdentity
import AWSServices
import AccessControl
import DynamoDB
import HTTPTransport
import Replication
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

    /// The DynamoDB of a site's account.
    func dynamoDB(for settings: SiteSettings) async throws -> DynamoDBClient {
        let service = try await connector.dynamoDB(for: settings)
        return DynamoDBClient(ServiceConfiguration(service), credentials: service.credentials, http: service.http)
    }

    /// The services beside S3 that tell about a site's lock table and who may use its bucket; where one cannot be
    /// reached, why.
    func services(for settings: SiteSettings) async -> SideServices {
        var services = SideServices()
        if settings.lock.dynamodbTable != nil { services.dynamoDB = await .init { try await dynamoDB(for: settings) } }
        services.iam = await .init {
            let service = try await connector.accessService(.iam, for: settings)
            return IAMClient(ServiceConfiguration(service), credentials: service.credentials, http: service.http)
        }
        services.identity = await .init {
            let service = try await connector.accessService(.sts, for: settings)
            return CallerIdentity(ServiceConfiguration(service), credentials: service.credentials, http: service.http)
        }
        services.kms = await .init {
            let service = try await connector.accessService(.kms, for: settings)
            return KMSClient(ServiceConfiguration(service), credentials: service.credentials, http: service.http)
        }
        return services
    }
}

extension ServiceConfiguration {
    fileprivate init(_ connection: ServiceConnection) {
        self.init(region: connection.region, endpoint: connection.endpoint)
        (trust, useFIPS, useDualStack) = (connection.trust, connection.useFIPS, connection.useDualStack)
    }
}

extension SideServices.Access {
    /// What is made, or why it cannot be.
    fileprivate init(_ make: () async throws -> Client) async {
        do {
            self = .ready(try await make())
        } catch {
            self = .unavailable(OneLine.of(Complaint(error).problems.first?.message ?? "\(error)"))
        }
    }
}
