public import Cryptography
public import StateJSON
internal import Timestamps

/// One state of a run: takes the bytes of the versions that the vault lacks.
///
/// Use it from one task; different states may be recorded in parallel. It holds the bytes of the last version stored, to
/// which the next one is compared: store the oldest first.
public actor StateRecorder {
    /// The versions whose bytes the vault lacks, oldest first.
    public nonisolated let missing: [ListedVersion]
    public nonisolated let state: StateID
    /// Versions that S3 listed with an id that the vault knows with another ETag or size. Version ids are never reused:
    /// somebody or something changed history (`null` versions are exempt).
    public nonisolated let conflicts: [VaultVersion]

    private let writer: SnapshotWriter
    private var versions: [VaultVersion]
    private let before: [VaultVersion]
    private let stored: StateEntry?
    private var positions: [VersionIdentity: Int] = [:]
    private var previous: PreviousVersion?
    /// Set when an earlier version could not be read: pieces of its packs are then stored anew.
    private var distrustsPacks = false
    private var hasLookedBack = false
    private var isFinished = false
    private var damages: [Damage] = []

    init(writer: SnapshotWriter, state: StateID, versions: [VaultVersion], before: [VaultVersion], stored: StateEntry?) {
        self.writer = writer
        self.state = state
        self.versions = versions
        self.before = before
        self.stored = stored
        missing = versions.filter { $0.isListed && !$0.listed.isDeleteMarker && $0.content == nil }.map(\.listed)
        var known: [String: VaultVersion] = [:]
        for version in before where version.listed.versionID != "null" { known[version.listed.versionID] = version }
        conflicts = versions.compactMap { version in
            guard version.isListed, let other = known[version.listed.versionID], other.listed.identity != version.listed.identity else { return nil }
            return other
        }
        for (index, version) in versions.enumerated() { positions[version.listed.identity] = index }
    }

    /// Stores the bytes of a version.
    ///
    /// - Parameters:
    ///   - version: one of `missing`.
    ///   - sha256: of `bytes`, computed while they came in.
    ///   - summary: what they are.
    ///   - boundaries: `pieceBoundaries(of:)`, when the caller has parsed the bytes already.
    /// - Throws: `VaultError`; the run is then over, nothing stored before is harmed.
    public func store(_ version: ListedVersion, bytes: StateBytes, sha256: SHA256Digest, summary: StateSummary, boundaries: [Range<Int>]? = nil) async throws {
        let index = try position(of: version)
        let content: PieceRef
        if !distrustsPacks, let known = try await writer.manifest(of: sha256) {
            content = known
        } else {
            content = try await storeContent(bytes, sha256: sha256, boundaries: boundaries, at: index)
        }
        versions[index].content = content
        versions[index].sha256 = sha256
        versions[index].summary = summary
        versions[index].problem = nil
        try await writer.stored(versions[index])
    }

    /// Notes why the bytes of a version could not be had; the next run tries again.
    public func fail(_ version: ListedVersion, _ problem: VersionProblem) throws {
        let index = try position(of: version)
        versions[index].problem = problem
    }

    /// Makes the state part of the snapshot and lets go of its bytes.
    public func finish() async throws {
        guard !isFinished else { return }
        isFinished = true
        previous = nil
        if let stored, versions == before {
            await writer.finish(nil, entry: stored, damage: damages)
        } else {
            let finished = await FinishedState.prepare(state, versions: versions, stored: stored, before: before, writer.files)
            await writer.finish(finished, entry: nil, damage: damages)
        }
    }

    /// Takes the state out of the run again: it turned out to be no state. Only before anything of it was stored.
    public func discard() async {
        guard !isFinished else { return }
        isFinished = true
        previous = nil
        await writer.discard(state)
    }

    private func position(of version: ListedVersion) throws -> Int {
        guard !isFinished, let index = positions[version.identity] else {
            throw VaultError.misuse("version \(quoted(version.versionID)) of \(state) was not listed, or the state is finished")
        }
        return index
    }

    private func storeContent(_ bytes: StateBytes, sha256: SHA256Digest, boundaries: [Range<Int>]?, at index: Int) async throws -> PieceRef {
        if previous == nil, !hasLookedBack { await lookBack(from: index) }
        let ends = PieceCutting.ends(of: bytes, boundaries: boundaries)
        var plan = PiecePlan(bytes: bytes, ends: ends, previous: previous, files: writer.files)
        if !distrustsPacks { plan.reuse(try await writer.pieces(plan.newDigests)) }
        let made = writer.deflaters.withDeflater { plan.compress(&$0) }
        plan.place(made, at: try await writer.append(made.map(\.block)))
        let manifest = plan.manifest(sha256: sha256)
        let place = await writer.add(manifest)
        previous = PreviousVersion(bytes: bytes, ends: ends, pieces: plan.places, depths: plan.depths, manifest: place, manifestDepth: manifest.depth)
        return place
    }

    /// Reads the version to compare with from the vault: the nearest older one that it has, else the nearest newer one.
    private func lookBack(from index: Int) async {
        hasLookedBack = true
        let older = versions[..<index].last { $0.content != nil }
        guard let content = (older ?? versions[index...].first { $0.content != nil })?.content else { return }
        do {
            let stored = try await writer.files.content(content)
            previous = PreviousVersion(bytes: stored.bytes, ends: stored.ends, pieces: stored.pieces, depths: stored.depths, manifest: content, manifestDepth: stored.manifest.depth)
        } catch VaultError.damaged(let damage) {
            damages.append(damage)
            distrustsPacks = true
        } catch {
            // A storage that does not answer now will say so when it is written to.
        }
    }
}
