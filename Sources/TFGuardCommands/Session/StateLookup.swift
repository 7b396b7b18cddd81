import Glibc
import Recovery
import Reports
import Sites
import Snapshots
import Timestamps
import Vault

/// Follows references: to sites, the vault, files and standard input.
struct StateLookup {
    private let session: Session
    private let options: ConfigurationOptions
    private let parallel: Int

    init(_ session: Session, _ options: ConfigurationOptions, parallel: Int = 16) {
        self.session = session
        self.options = options
        self.parallel = parallel
    }

    /// The bytes that a reference leads to.
    func read(_ text: String) async throws -> StateBlob {
        let configuration = try session.configuration(options)
        let reference = try parse(text, configuration)
        return try await catalog(for: reference, configuration).read(reference)
    }

    /// The history that a reference leads to.
    func versions(of text: String, details: StateCatalog.Details) async throws -> VersionList {
        let configuration = try session.requiredConfiguration(options)
        let reference = try parse(text, configuration)
        guard case .site(let site) = reference else {
            throw Complaint(.usage, text, "A file has no versions.", hint: "Give SITE[:KEY]; sites are \(configuration.sites.map(\.name).joined(separator: ", ")).")
        }
        return try await catalog(for: reference, configuration).versions(of: site, details: details)
    }

    /// The history that a reference leads to, from the version that it names back, and where its versions can be read one
    /// by one.
    func history(of text: String) async throws -> (catalog: StateCatalog, list: VersionList, fromVault: Bool) {
        let configuration = try session.requiredConfiguration(options)
        let reference = try parse(text, configuration)
        guard case .site(let site) = reference else {
            throw Complaint(.usage, text, "A file has no versions.", hint: "Give SITE[:KEY]; sites are \(configuration.sites.map(\.name).joined(separator: ", ")).")
        }
        let catalog = try await catalog(for: reference, configuration)
        var list = try await catalog.versions(of: site, details: VersionResolution.needsContent(site.version) ? .content : [])
        // The whole history also of a state that is deleted now; up to a version only when one is named.
        if site.version != .latest {
            let newest = try VersionResolution.find(site.version, in: list.entries, now: .now(), reference: text)
            list.entries.removeFirst(newest)
        }
        return (catalog, list, site.fromVault)
    }

    /// The states of a site, for commands that take them all; from the vault alone when the reference says so.
    func states(of reference: SiteReference, _ configuration: Configuration?) async throws -> (side: StatePairing.Side, notes: [String]) {
        guard let settings = try configuration?.site(reference.site) else { throw ReferenceError(reference: reference.site, reason: .unknownSite(name: reference.site, known: [])) }
        if reference.fromVault {
            let keys = try await VaultAccess(session, options).open().states(of: reference.site).map(\.key)
            return (StatePairing.Side(site: reference.site, prefix: settings.prefix, keys: keys), [])
        }
        let site = try await SiteAccess(session, options, parallel: parallel).connect(settings)
        let found = try await catalog(for: .site(reference), configuration).states(of: site)
        return (StatePairing.Side(site: reference.site, prefix: settings.prefix, keys: found.keys), found.notes)
    }

    func parse(_ text: String, _ configuration: Configuration?) throws -> StateReference {
        try StateReference(parsing: text, sites: configuration?.sites.map(\.name) ?? [], isFile: { LocalFile.exists($0) })
    }

    func catalog(for reference: StateReference, _ configuration: Configuration?) async throws -> StateCatalog {
        var sites: [Site] = []
        var vault: BackupVault?
        if case .site(let site) = reference, let configuration {
            sites = [try await SiteAccess(session, options, parallel: parallel).connect(configuration.site(site.site))]
            if configuration.vault != nil || options.vault != nil || session.environment["TFGUARD_VAULT"] != nil {
                let access = try VaultAccess(session, options)
                vault = site.fromVault ? try await access.open() : try await access.openIfPresent()
            }
        }
        return StateCatalog(
            sites: sites, vault: vault, parallel: parallel, now: { .now() }, standardInput: { try StandardInput.read(limit: StateCatalog.fileLimit) },
            lastGood: StateDoctor.lastGood(of:in:))
    }
}
