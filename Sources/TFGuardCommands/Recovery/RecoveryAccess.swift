import DynamoDB
import Recovery
import Reports
import Sites
import Snapshots
import Timestamps
import Vault

/// Sites, lock tables, vault and catalogue for the commands that judge states and put them back.
struct RecoveryAccess {
    /// A site, and its account's DynamoDB when it has a lock table.
    struct Connection {
        var site: Site
        var dynamoDB: DynamoDBClient?
    }

    let configuration: Configuration
    let vault: BackupVault?
    private let access: SiteAccess
    private let parallel: Int

    /// - Parameter createsVault: makes the vault when there is none: for commands that write.
    init(_ session: Session, _ options: ConfigurationOptions, parallel: Int = 16, createsVault: Bool = false) async throws {
        configuration = try session.requiredConfiguration(options)
        access = try SiteAccess(session, options, parallel: parallel)
        self.parallel = parallel
        if configuration.vault != nil || options.vault != nil || session.environment["TFGUARD_VAULT"] != nil {
            let place = try VaultAccess(session, options)
            vault = createsVault ? try await place.openOrCreate(at: .now()) : try await place.openIfPresent()
        } else {
            vault = nil
        }
    }

    func reference(_ text: String) throws -> StateReference {
        try StateReference(parsing: text, sites: configuration.sites.map(\.name), isFile: { LocalFile.exists($0) })
    }

    /// The reference, which has to be a state of a site.
    func siteReference(_ text: String) throws -> SiteReference {
        guard case .site(let reference) = try reference(text) else {
            throw Complaint(.usage, text, "A file has no lock and no history.", hint: "Give SITE[:KEY]; sites are \(configuration.sites.map(\.name).joined(separator: ", ")).")
        }
        return reference
    }

    func connect(_ name: String) async throws -> Connection {
        let settings = try configuration.site(name)
        let site = try await access.connect(settings)
        guard settings.lock.dynamodbTable != nil else { return Connection(site: site) }
        return Connection(site: site, dynamoDB: try await access.dynamoDB(for: settings))
    }

    /// A place that is no site of the configuration.
    func connect(_ settings: SiteSettings) async throws -> Site { try await access.connect(settings) }

    /// The sites that a site is replicated to; one that cannot even be connected is left out.
    func replicas(of name: String) async -> [Site] {
        var sites: [Site] = []
        for link in configuration.replication where link.from == name {
            if let connection = try? await connect(link.to) { sites.append(connection.site) }
        }
        return sites
    }

    func catalog(_ sites: [Site]) -> StateCatalog {
        StateCatalog(sites: sites, vault: vault, parallel: parallel, now: { .now() }, standardInput: { try StandardInput.read(limit: StateCatalog.fileLimit) }, lastGood: StateDoctor.lastGood(of:in:))
    }
}
