internal import Cryptography
internal import Timestamps

/// A run that adds to a vault. Nothing of it is visible before `commit`; nothing stored before is ever touched.
///
/// Any number of writers may work on one vault at the same time, on any machines.
public actor SnapshotWriter {
    /// A data pack is written when it has this many bytes.
    private static let packTarget = 4 << 20
    /// After this many bytes of state files everything is made durable, so that a run that dies loses little.
    private static let checkpointInterval = 64 << 20

    let files: VaultFiles
    let time: Timestamp
    let deflaters = DeflaterPool(level: 6)
    private let views: CatalogueViews
    private let tool: String
    private let graph: SnapshotGraph
    private let catalogue: Catalogue
    private var journals: JournalShelf

    private var recorded = Set<StateID>()
    private var known: KnownPieces?
    private var data: PackBuilder?
    /// The number of the metadata pack to be written next. Its first pieces are `manifests`, in order.
    private var metaNumber: UInt32
    private var manifests: [Manifest] = []
    private var finished: [FinishedState] = []
    private var entries: [StateID: StateEntry] = [:]
    private var unjournalled: [VaultVersion] = []
    private var plainBytes = 0
    private var problems: [RunProblem]
    private var upload: Task<Void, any Error>?
    private var isCommitted = false
    private var openRecorders = 0
    /// Bytes given to the storage so far.
    public private(set) var storedBytes: Int64 = 0
    private var versionsStored = 0

    static func begin(_ files: VaultFiles, views: CatalogueViews, at time: Timestamp, by tool: String) async throws -> SnapshotWriter {
        do {
            _ = try await files.storage.removeLeftovers()
        } catch {
            throw VaultError.storage(error)
        }
        let graph = try await SnapshotGraph.load(files)
        try await Witness.restoreMissing(graph, files)
        let catalogue = try await Catalogue.load(graph.heads, files)
        return SnapshotWriter(files, views, time, tool, graph, catalogue, try await JournalShelf.load(files))
    }

    private init(_ files: VaultFiles, _ views: CatalogueViews, _ time: Timestamp, _ tool: String, _ graph: SnapshotGraph, _ catalogue: Catalogue, _ journals: JournalShelf) {
        self.files = files
        self.views = views
        self.time = time
        self.tool = tool
        self.graph = graph
        self.catalogue = catalogue
        self.journals = journals
        metaNumber = files.registry.reserve(in: .meta)
        problems = catalogue.damages.map { RunProblem(damage: $0) }
    }

    /// Takes a state into the snapshot.
    ///
    /// - Parameter listed: all its versions, newest first, as S3 lists them. Empty when S3 no longer has the state: what
    ///   the vault has of it stays, marked as no longer listed.
    /// - Throws: `VaultError.misuse` when the state was recorded before in this run.
    public func record(_ state: StateID, listed: [ListedVersion]) async throws -> StateRecorder {
        try checkOpen()
        guard recorded.insert(state).inserted else { throw VaultError.misuse("\(state) was recorded twice in one run") }
        openRecorders += 1
        let (before, damages) = await catalogue.readableVersions(of: state, files)
        problems.append(contentsOf: damages.map { RunProblem(damage: $0) })
        let adopted = journals.adopt(state)
        let versions = HistoryMerging.apply(listed, to: before, adopting: adopted, state: state, at: time)
        let stored = catalogue.entries[state] ?? []
        return StateRecorder(writer: self, state: state, versions: versions, before: before, stored: stored.count == 1 && damages.isEmpty ? stored.first : nil)
    }

    /// Makes everything stored so far durable, for this run or, should it die, for the next: call it when a run has to
    /// stop early. Runs by itself after every 64 MB of state files.
    public func checkpoint() async throws {
        try checkOpen()
        try writePending(journalling: true)
        try await upload?.value
    }

    /// Makes the snapshot visible.
    ///
    /// - Parameters:
    ///   - sites: what the run did, as the record shall say.
    ///   - problems: what could not be read.
    /// - Returns: the record. When this throws, the vault is as if the run had died: nothing is visible, what is durable
    ///   will be found by the next run.
    @discardableResult
    public func commit(sites: [SiteSummary], problems: [RunProblem]) async throws -> SnapshotResult {
        try checkOpen()
        guard openRecorders == 0 else { throw VaultError.misuse("\(openRecorders) states of the run are not finished") }
        isCommitted = true
        try await mergeBranches()
        let pieces = try await writeCatalogue()
        try await upload?.value
        let height = (graph.names.first?.height ?? 0) + 1
        var record = SnapshotRecord(
            id: SnapshotID(.zero), time: time, tool: tool, parents: graph.heads.map(\.id).sorted(), height: height, ancestorCount: try await graph.ancestorCount(files),
            sites: sites, problems: self.problems + problems, storedBytes: storedBytes, catalogue: pieces, headerDigest: files.header.digest)
        let bytes = try files.seal(record.document(vault: files.header, registry: files.registry))
        record.id = SnapshotID(SHA256.hash(bytes))
        _ = try await files.put(SnapshotRecord.name(height: height, id: record.id, in: .snapshots), bytes)
        let witness = try await Witness.write(for: record, files)
        // From here on the snapshot stands; what remains is tidying.
        await journals.removeSettled(recorded: recorded, files)
        await views.invalidate()
        storedBytes += Int64(bytes.count + witness)
        return SnapshotResult(record: record, storedBytes: storedBytes, versionsStored: versionsStored)
    }

    private func checkOpen() throws {
        guard !isCommitted else { throw VaultError.misuse("the snapshot is already committed") }
    }
}

// MARK: - For the recorders

extension SnapshotWriter {
    /// Where the vault already has a file with these bytes.
    func manifest(of sha256: SHA256Digest) async throws -> PieceRef? {
        try await loadKnownPieces()
        return known?.manifest(files.digest(sha256))
    }

    /// Where the vault already has these pieces.
    func pieces(_ digests: [SHA256Digest]) async throws -> [PieceRef?] {
        try await loadKnownPieces()
        return digests.map { known?.piece($0) }
    }

    /// Adds blocks to the data pack being filled.
    ///
    /// - Returns: where the first piece of each is.
    func append(_ blocks: [Block]) async throws -> [PieceRef] {
        var places: [PieceRef] = []
        for block in blocks {
            if let data, data.count >= Self.packTarget {
                try finishDataPack()
                try await upload?.value
            }
            if data == nil { data = PackBuilder(number: files.registry.reserve(in: .data), codec: try files.packCodec(), registry: files.registry) }
            guard let number = data?.number, let first = try data?.append(block) else { continue }
            for (offset, digest) in block.digests.enumerated() {
                known?.insert(piece: digest, at: PieceRef(pack: number, ordinal: first + UInt32(offset)))
            }
            places.append(PieceRef(pack: number, ordinal: first))
        }
        return places
    }

    /// Takes the manifest of a file whose pieces have been appended.
    ///
    /// - Returns: where it will be.
    func add(_ manifest: Manifest) -> PieceRef {
        let place = PieceRef(pack: metaNumber, ordinal: UInt32(manifests.count))
        manifests.append(manifest)
        known?.insert(manifest: files.digest(manifest.sha256), at: place)
        return place
    }

    /// Notes that a version's bytes are stored.
    func stored(_ version: VaultVersion) async throws {
        unjournalled.append(version)
        versionsStored += 1
        plainBytes += Int(version.listed.size)
        if plainBytes >= Self.checkpointInterval { try await checkpoint() }
    }

    func finish(_ state: FinishedState?, entry: StateEntry?, damage: [Damage]) {
        openRecorders -= 1
        if let state { finished.append(state) } else if let entry { entries[entry.state] = entry }
        problems.append(contentsOf: damage.map { RunProblem(damage: $0) })
    }

    /// Forgets a state that a recorder was made for.
    func discard(_ state: StateID) {
        openRecorders -= 1
        recorded.remove(state)
    }

    private func loadKnownPieces() async throws {
        guard known == nil else { return }
        var learned = KnownPieces()
        for folder in [ObjectName.Folder.meta, .data] {
            for entry in try await files.list(folder).objects where !learned.isFull {
                guard let id = SHA256Digest(hex: entry.name.name) else { continue }
                // A pack that cannot be read is simply not known; `check` reports it.
                guard let tail = try? await PackTail.read(entry.name, from: files.storage, cipher: files.cipher) else { continue }
                learned.learn(tail, number: files.registry.number(of: id, in: folder))
            }
        }
        // Another recorder may have loaded and added to it meanwhile.
        if known == nil { known = learned }
    }
}

// MARK: - Writing packs

extension SnapshotWriter {
    private func put(_ name: ObjectName, _ bytes: [UInt8]) {
        let earlier = upload
        let files = files
        // One after the other, so that nothing durable ever refers to something that is not.
        upload = Task {
            try await earlier?.value
            _ = try await files.put(name, bytes)
        }
    }

    private func finishDataPack() throws {
        guard let pack = data, !pack.isEmpty else { return }
        data = nil
        let number = pack.number
        let (id, bytes) = try pack.finish()
        files.registry.name(number, id)
        storedBytes += Int64(bytes.count)
        put(ObjectName(trusted: .data, id.hex), bytes)
    }

    /// Writes the data pack, the manifests and the histories that wait; without suspending, so that no recorder can come
    /// in between.
    private func writePending(journalling: Bool) throws {
        try finishDataPack()
        var pack = try beginMetadataPack()
        try writeHistories(to: &pack)
        try finish(pack)
        guard journalling, !unjournalled.isEmpty else { return }
        put(journals.nextName(), try files.seal(Journal.document(unjournalled, registry: files.registry)))
        unjournalled = []
        plainBytes = 0
    }

    /// A metadata pack that begins with the manifests that wait.
    private func beginMetadataPack() throws -> PackBuilder {
        var pack = PackBuilder(number: metaNumber, codec: try files.packCodec(), registry: files.registry)
        let pieces = manifests.map { MetadataPiece(bytes: $0.document(in: metaNumber, registry: files.registry), digest: files.digest($0.sha256), base: nil) }
        let places = try pack.append(pieces, kind: .manifests, deflaters: deflaters)
        guard places.enumerated().allSatisfy({ $0.element.ordinal == UInt32($0.offset) }) else { throw VaultError.misuse("manifests were written out of order") }
        manifests = []
        return pack
    }

    private func writeHistories(to pack: inout PackBuilder) throws {
        var documents: [MetadataPiece] = []
        var slots: [(state: Int, segment: Int)] = []
        for (index, state) in finished.enumerated() {
            for (segment, versions) in FinishedState.segments(state.versions).enumerated() where state.kept[segment] == nil {
                let bytes = HistorySegment(state: state.state, versions: Array(versions)).document(in: pack.number, registry: files.registry)
                documents.append(MetadataPiece(bytes: bytes, digest: bytes.withUnsafeBytes { files.digest($0) }, base: state.bases[segment]))
                slots.append((index, segment))
            }
        }
        let places = try pack.append(documents, kind: .histories, deflaters: deflaters)
        for (slot, place) in zip(slots, places) { finished[slot.state].kept[slot.segment] = place }
        for state in finished {
            let segments = FinishedState.segments(state.versions).indices.compactMap { state.kept[$0] }
            entries[state.state] = StateEntry(state: state.state, segments: segments, versionCount: state.versions.count)
        }
        finished = []
    }

    private func finish(_ pack: consuming PackBuilder) throws {
        guard !pack.isEmpty else { return }
        let number = pack.number
        let (id, bytes) = try pack.finish()
        files.registry.name(number, id)
        storedBytes += Int64(bytes.count)
        put(ObjectName(trusted: .meta, id.hex), bytes)
        metaNumber = files.registry.reserve(in: .meta)
    }

    /// States that concurrent runs recorded differently, and this run did not, get one history again.
    private func mergeBranches() async throws {
        for (state, branches) in catalogue.entries where branches.count > 1 && !recorded.contains(state) {
            let (versions, damages) = await catalogue.readableVersions(of: state, files)
            problems.append(contentsOf: damages.map { RunProblem(damage: $0) })
            finished.append(await FinishedState.prepare(state, versions: versions, stored: nil, before: [], files))
        }
    }

    /// Writes everything that waits and the list of states.
    ///
    /// - Returns: the pieces of the list.
    private func writeCatalogue() async throws -> [PieceRef] {
        var bases: [StateID: MetadataPiece.Base] = [:]
        for part in catalogue.parts {
            guard let first = part.entries.first, part.entries.contains(where: { entries[$0.state] != nil || recorded.contains($0.state) }) else { continue }
            bases[first.state] = await MetadataPiece.Base(part.piece, files)
        }
        try finishDataPack()
        var pack = try beginMetadataPack()
        try writeHistories(to: &pack)
        var all = catalogue.entries.compactMapValues(\.first)
        all.merge(entries) { $1 }
        let segments = CatalogueSegment.split(all.values.sorted { $0.state < $1.state })
        let unchanged = Dictionary(catalogue.parts.map { ($0.entries, $0.piece) }) { first, _ in first }
        var pieces = segments.map { unchanged[$0.entries] }
        let fresh = segments.indices.filter { pieces[$0] == nil }
        let documents = fresh.map { index in
            let bytes = segments[index].document(in: pack.number, registry: files.registry)
            return MetadataPiece(bytes: bytes, digest: bytes.withUnsafeBytes { files.digest($0) }, base: segments[index].entries.first.flatMap { bases[$0.state] })
        }
        for (index, place) in zip(fresh, try pack.append(documents, kind: .catalogue, deflaters: deflaters)) { pieces[index] = place }
        try finish(pack)
        return pieces.compactMap { $0 }
    }
}
