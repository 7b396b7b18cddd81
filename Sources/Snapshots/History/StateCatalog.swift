public import Sites
public import Timestamps
public import Vault
internal import S3

/// Where references are looked up: the sites, the vault, files and standard input.
///
/// S3 is asked first, as it alone knows the newest version; bytes come from the vault when it has them. When S3 does not
/// answer (the region is down, credentials are gone), the vault answers alone, and a note says so.
public struct StateCatalog: Sendable {
    let sites: [Site]
    let vault: BackupVault?
    let now: @Sendable () -> Timestamp
    let standardInput: @Sendable () throws -> [UInt8]
    let lastGood: LastGoodJudge?
    /// Requests in flight when versions have to be fetched to see what they hold.
    let parallel: Int

    /// Finds the newest sound version of a history; judges it by more than each version's bytes alone.
    public typealias LastGoodJudge = @Sendable (VersionList, StateCatalog) async throws -> VersionEntry?

    /// - Parameters:
    ///   - vault: nil when there is none; then `vault:` references and snapshots cannot be followed.
    ///   - lastGood: without it, `@last-good` is the newest version whose bytes alone are sound.
    ///   - standardInput: reads `-`; called at most once a reference.
    public init(
        sites: [Site], vault: BackupVault?, parallel: Int = 16, now: @escaping @Sendable () -> Timestamp,
        standardInput: @escaping @Sendable () throws -> [UInt8] = { [] }, lastGood: LastGoodJudge? = nil
    ) {
        self.sites = sites
        self.vault = vault
        self.parallel = max(1, parallel)
        self.now = now
        self.standardInput = standardInput
        self.lastGood = lastGood
    }

    /// The site of that name.
    func site(_ name: String, reference: String) throws(ReferenceError) -> Site {
        if let site = sites.first(where: { $0.name == name }) { return site }
        throw ReferenceError(reference: reference, reason: .unknownSite(name: name, known: sites.map(\.name)))
    }

    /// The keys of all states of a site: as S3 lists them, and those that only the vault still knows.
    ///
    /// Objects whose name does not tell what they are count only when the vault knows them.
    /// - Returns: keys in byte order, and notes about what did not answer.
    public func states(of site: Site) async throws -> (keys: [String], notes: [String]) {
        var found = Set(try await vault?.states(of: site.name) ?? [])
        var notes: [String] = []
        do {
            let selection = site.selection()
            for try await batch in site.keys() {
                for key in batch where selection.exclusion(of: key.key) == nil && ObjectCandidate(key: key.key, largestSize: key.largestSize) == .state {
                    found.insert(StateID(site: site.name, key: key.key))
                }
            }
        } catch let error as S3Error where vault != nil {
            notes.append(Self.unreachable(site.name, error))
        }
        return (found.sorted().map(\.key), notes)
    }

    /// The keys of the states of a site that the vault knows, in byte order.
    public func vaultStates(of site: String) async throws -> [String] {
        guard let vault else { throw StateCatalogError.noVault(reference: "vault:\(site)") }
        return try await vault.states(of: site).sorted().map(\.key)
    }

    static func unreachable(_ site: String, _ error: S3Error) -> String {
        "the bucket of \(site) could not be read (\(error.code)): this comes from the vault alone, and newer versions may exist"
    }
}
