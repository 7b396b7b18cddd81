internal import Cryptography
internal import S3
public import Sites
internal import StateJSON
internal import Vault

extension StateCatalog {
    /// The largest file or standard input that is read.
    public static let fileLimit = 1 << 30

    /// The bytes that a reference leads to, verified: against S3's listing and checksums, or against the vault's SHA-256.
    /// - Throws: `ReferenceError`, ``StateCatalogError``, S3's and the vault's errors.
    public func read(_ reference: StateReference) async throws -> StateBlob {
        switch reference {
        case .standardInput:
            return blob(StateBytes(try standardInput()), reference: "-", origin: .standardInput)
        case .path(let path):
            do {
                return blob(try LocalFile.readState(path, limit: Self.fileLimit, allowingPipes: true), reference: path, origin: .file)
            } catch {
                throw StateCatalogError.file(path: path, reason: error.description)
            }
        case .site(let reference):
            return try await read(reference)
        }
    }

    private func read(_ reference: SiteReference) async throws -> StateBlob {
        let location = try await locate(reference)
        if case .snapshot(let id) = reference.version { return try await read(snapshot: id, reference, location) }
        var list = try await history(of: location, site: reference.site)
        if VersionResolution.needsContent(reference.version), !reference.fromVault { try await fetchContent(&list) }
        var entries = list.entries
        // `vault:` means what the vault can give back, not what it only heard of.
        if reference.fromVault, reference.version != .latest { entries = entries.filter { $0.isInVault || $0.isDeleteMarker } }
        if reference.version == .lastGood, let lastGood {
            var judged = list
            judged.entries = entries
            guard let entry = try await lastGood(judged, self) else {
                throw ReferenceError(reference: reference.description, reason: .noSuchVersion(.lastGood, detail: "no version passes the doctor's checks"))
            }
            return try await read(entry, of: list, fromVault: reference.fromVault)
        }
        let index = try VersionResolution.find(reference.version, in: entries, now: now(), reference: reference.description)
        return try await read(entries[index], of: list, fromVault: reference.fromVault)
    }

    /// The bytes of one version of a history, verified.
    /// - Parameter fromVault: from the vault alone, even when S3 answers.
    public func read(_ entry: VersionEntry, of list: VersionList, fromVault: Bool = false) async throws -> StateBlob {
        let resolved = SiteReference(site: list.site, key: list.key, version: .versionID(entry.versionID), fromVault: fromVault).description
        var notes = list.notes
        let history = try await vault?.history(of: StateID(site: list.site, key: list.key))
        if let version = history?.versions.first(where: { VersionEntry($0).identity == entry.identity }), version.isInVault || fromVault || !list.origins.contains(.s3) {
            do {
                guard let vault else { throw StateCatalogError.noVault(reference: resolved) }
                let bytes = try await vault.read(version)
                return blob(bytes, sha256: version.sha256, reference: resolved, list, entry, .vault, notes)
            } catch VaultError.damaged(let damage) where !fromVault && list.origins.contains(.s3) && entry.isListed {
                notes.append("the vault's copy is damaged, so this was read from S3: \(damage)")
            }
        }
        let bucket = try site(list.site, reference: resolved).bucket
        let object = try await bucket.getObject(
            key: list.key, versionID: entry.versionID, expecting: S3Expectation(size: entry.size, etag: entry.etag), into: StateBytes.Builder.self)
        return blob(object.bytes, sha256: object.sha256, reference: resolved, list, entry, .s3, notes)
    }

    /// The version that was current when a snapshot was taken.
    private func read(snapshot id: String, _ reference: SiteReference, _ location: Location) async throws -> StateBlob {
        guard let vault else { throw StateCatalogError.noVault(reference: reference.description) }
        let record = try await vault.snapshot(matching: id)
        guard let history = try await vault.history(of: StateID(site: reference.site, key: location.key), in: record.id) else {
            throw ReferenceError(reference: reference.description, reason: .noSuchVersion(reference.version, detail: "the snapshot does not hold this state"))
        }
        let listed = history.versions.filter(\.isListed)
        let entries = (listed.isEmpty ? history.versions : listed).map { VersionEntry($0) }
        let index: Int
        do {
            index = try VersionResolution.find(.latest, in: entries, now: now(), reference: reference.description)
        } catch {
            throw ReferenceError(reference: reference.description, reason: .noSuchVersion(reference.version, detail: "the state was deleted when the snapshot was taken"))
        }
        let list = VersionList(site: reference.site, key: location.key, entries: entries, notes: location.notes, origins: .vault)
        return try await read(entries[index], of: list, fromVault: true)
    }

    private func blob(
        _ bytes: StateBytes, sha256: SHA256Digest? = nil, reference: String, _ list: VersionList? = nil, _ entry: VersionEntry? = nil, _ origin: StateBlob.Origin? = nil,
        _ notes: [String] = []
    ) -> StateBlob {
        StateBlob(
            bytes: bytes, verified: sha256, reference: reference, site: list?.site, key: list?.key, entry: entry,
            origin: origin ?? .file, notes: notes)
    }

    private func blob(_ bytes: StateBytes, reference: String, origin: StateBlob.Origin) -> StateBlob {
        blob(bytes, reference: reference, nil, nil, origin)
    }
}
