import Glibc
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

    private func parse(_ text: String, _ configuration: Configuration?) throws -> StateReference {
        try StateReference(parsing: text, sites: configuration?.sites.map(\.name) ?? [], isFile: { LocalFile.exists($0) })
    }

    private func catalog(for reference: StateReference, _ configuration: Configuration?) async throws -> StateCatalog {
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
            sites: sites, vault: vault, parallel: parallel, now: { .now() }, standardInput: { try StandardInput.read(limit: StateCatalog.fileLimit) })
    }
}
