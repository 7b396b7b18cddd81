internal import Cryptography
public import StateJSON
public import Timestamps

/// A vault: versions of Terraform states and the snapshots that recorded them, in a `VaultStorage`.
///
/// The format is described in the article <doc:VaultFormat>. Every function throws `VaultError`.
public final class BackupVault: Sendable {
    let files: VaultFiles
    private let views: CatalogueViews

    init(files: VaultFiles) {
        self.files = files
        views = CatalogueViews(files)
    }

    /// Makes a vault without encryption.
    ///
    /// - Throws: `VaultError.alreadyExists` when the storage holds one, or anything that no vault writes.
    public static func create(in storage: any VaultStorage, at time: Timestamp) async throws -> BackupVault {
        let listing: StorageListing
        let random: [UInt8]
        do {
            listing = try await storage.list(.root)
            random = try secureRandomBytes(count: 16)
        } catch let error as StorageError {
            throw VaultError.storage(error)
        }
        guard listing.objects.isEmpty, listing.strangers.isEmpty else { throw VaultError.alreadyExists(location: storage.location) }
        let document = VaultHeader.document(id: Hex.encode(random), created: time, encryption: "none")
        let files = VaultFiles(storage: storage, header: try VaultHeader(reading: document), cipher: nil)
        guard try await files.put(VaultHeader.object, document) else { throw VaultError.alreadyExists(location: storage.location) }
        return BackupVault(files: files)
    }

    /// Opens a vault.
    ///
    /// - Throws: `VaultError.noVault`, `.newerFormat`, `.keyNeeded` or `.damaged`.
    public static func open(_ storage: any VaultStorage) async throws -> BackupVault {
        let bytes: [UInt8]
        do {
            bytes = try await storage.get(VaultHeader.object, range: nil)
        } catch {
            throw error.code == .notFound || error.code == .noFolder ? VaultError.noVault(location: storage.location) : VaultError.storage(error)
        }
        let header = try VaultHeader(reading: bytes)
        guard !header.isEncrypted else { throw VaultError.keyNeeded(location: storage.location) }
        return BackupVault(files: VaultFiles(storage: storage, header: header, cipher: nil))
    }

    /// The vault's own id: 32 hexadecimal digits.
    public var id: String { files.header.id }
    public var created: Timestamp { files.header.created }
    public var isEncrypted: Bool { files.header.isEncrypted }
    /// Where it is, for messages.
    public var location: String { files.storage.location }

    /// All states that the vault knows, sorted.
    ///
    /// - Parameters:
    ///   - site: only those of this site; nil for all.
    ///   - snapshot: as known to this snapshot; nil for everything known now.
    public func states(of site: String? = nil, in snapshot: SnapshotID? = nil) async throws -> [StateID] {
        let states = try await views.catalogue(snapshot).entries.keys
        return states.filter { site == nil || $0.site.utf8.elementsEqual(site?.utf8 ?? "".utf8) }.sorted()
    }

    /// Everything known about a state; nil when the vault has never seen it.
    public func history(of state: StateID, in snapshot: SnapshotID? = nil) async throws -> StateHistory? {
        let catalogue = try await views.catalogue(snapshot)
        guard catalogue.entries[state] != nil else { return nil }
        let (versions, damages) = await catalogue.readableVersions(of: state, files)
        return StateHistory(state: state, versions: versions.reversed(), damages: damages)
    }

    /// All snapshots, newest first by their place in the chain, then by time.
    ///
    /// Records that cannot be read are left out; `check` reports them.
    public func snapshots() async throws -> [SnapshotRecord] {
        var records: [SnapshotRecord] = []
        for entry in try await SnapshotGraph.load(files).names {
            do {
                records.append(try await files.record(entry.object))
            } catch VaultError.damaged {
                continue
            }
        }
        return records.sorted { ($0.height, $0.time, $0.id) > ($1.height, $1.time, $1.id) }
    }

    /// The snapshot whose id begins with these hexadecimal digits.
    ///
    /// - Throws: `VaultError.unknownSnapshot` or `.ambiguousSnapshot`.
    public func snapshot(matching prefix: String) async throws -> SnapshotRecord {
        let wanted = prefix.lowercased()
        let matches = try await SnapshotGraph.load(files).names.filter { $0.id.hex.hasPrefix(wanted) }
        guard let match = matches.first, !wanted.isEmpty else { throw VaultError.unknownSnapshot(prefix) }
        guard matches.count == 1 else { throw VaultError.ambiguousSnapshot(prefix, matches: matches.map(\.id)) }
        return try await files.record(match.object)
    }

    /// The bytes of a version, proven by SHA-256 to be those that were stored.
    ///
    /// - Throws: `VaultError.notStored` when the vault never had them, `.damaged` when it no longer has.
    public func read(_ version: VaultVersion) async throws -> StateBytes {
        guard let content = version.content, let sha256 = version.sha256 else {
            let reason = version.listed.isDeleteMarker ? "it is a delete marker" : version.problem?.message ?? "no run could fetch it yet"
            throw VaultError.notStored(state: version.state, versionID: version.listed.versionID, reason: reason)
        }
        let stored = try await files.content(content)
        guard stored.manifest.sha256 == sha256 else {
            throw VaultError.damaged(Damage("version \(quoted(version.listed.versionID)) of \(version.state)", "its manifest is that of other bytes"))
        }
        return stored.bytes
    }

    /// Starts a run.
    ///
    /// - Parameters:
    ///   - time: the run's time, kept in its record.
    ///   - tool: who writes, for example `tfguard 1.0`.
    public func beginSnapshot(at time: Timestamp, by tool: String) async throws -> SnapshotWriter {
        try await SnapshotWriter.begin(files, views: views, at: time, by: tool)
    }

    /// Looks for damage: what is missing, altered or does not fit together, and which versions it touches.
    ///
    /// Changes nothing. Leftovers of unfinished runs are noted, not counted as damage.
    /// - Parameter progress: told after each pack and each state; called on the task that checks.
    public func check(_ depth: CheckDepth = .structure, progress: @Sendable (CheckProgress) -> Void = { _ in }) async throws -> CheckReport {
        var check = VaultCheck(files, depth)
        return try await check.run(progress)
    }

    /// What the vault holds and what it takes.
    public func statistics() async throws -> VaultStatistics {
        var collector = StatisticsCollector(files)
        return try await collector.collect(try await views.catalogue(nil))
    }
}
