internal import Cryptography

/// The vault's objects: the storage, the keys, and what every part of the vault shares.
struct VaultFiles: Sendable {
    let storage: any VaultStorage
    let header: VaultHeader
    let cipher: VaultCipher?
    let registry: PackRegistry
    let reader: PackReader

    init(storage: any VaultStorage, header: VaultHeader, cipher: VaultCipher?) {
        self.storage = storage
        self.header = header
        self.cipher = cipher
        registry = PackRegistry()
        reader = PackReader(storage: storage, registry: registry, cipher: cipher)
    }

    func packCodec() throws -> FrameCodec {
        guard let cipher else { return FrameCodec(plain: ()) }
        return FrameCodec(cipher: cipher, salt: try secureRandomBytes(count: FrameCodec.saltLength))
    }

    /// The digest under which a piece is known.
    func digest(_ bytes: UnsafeRawBufferPointer) -> SHA256Digest {
        digest(SHA256.hash(bytes))
    }

    func digest(_ plain: SHA256Digest) -> SHA256Digest {
        cipher?.digest(plain) ?? plain
    }

    /// A document outside packs as it is stored: as it is, or one sealed frame behind a pack's header.
    func seal(_ document: [UInt8]) throws -> [UInt8] {
        guard cipher != nil else { return document }
        let codec = try packCodec()
        var bytes = codec.header
        try codec.appendFrame(document, to: &bytes)
        return bytes
    }

    /// The reverse of `seal`; nil when the bytes were altered.
    func unseal(_ bytes: [UInt8]) -> [UInt8]? {
        guard let cipher else { return bytes }
        guard let codec = FrameCodec(reading: bytes[...], cipher: cipher) else { return nil }
        return codec.body(of: bytes[codec.header.count...], at: codec.header.count)
    }

    func put(_ name: ObjectName, _ bytes: [UInt8]) async throws -> Bool {
        do {
            return try await storage.putIfAbsent(name, bytes)
        } catch {
            throw VaultError.storage(error)
        }
    }

    func get(_ name: ObjectName) async throws -> [UInt8] {
        do {
            return try await storage.get(name, range: nil)
        } catch {
            throw error.code == .notFound ? VaultError.damaged(Damage(name.path, "it is missing")) : VaultError.storage(error)
        }
    }

    func list(_ folder: ObjectName.Folder) async throws -> StorageListing {
        do {
            return try await storage.list(folder)
        } catch {
            throw VaultError.storage(error)
        }
    }

    func delete(_ name: ObjectName) async throws {
        do {
            try await storage.delete(name)
        } catch {
            throw VaultError.storage(error)
        }
    }

    /// A snapshot's record, proven by its name to be what was written.
    func record(_ name: ObjectName) async throws -> SnapshotRecord {
        guard let (height, id) = SnapshotRecord.parse(name) else { throw VaultError.damaged(Damage(name.path, "it is not a snapshot's name")) }
        let bytes = try await get(name)
        guard SHA256.hash(bytes) == id.digest, let text = unseal(bytes) else { throw VaultError.damaged(Damage(name.path, "its bytes are not those that its name was made from")) }
        let record = try SnapshotRecord(reading: VaultDocument(parsing: text, subject: name.path, own: nil, registry: registry), id: id, vault: header)
        guard record.height == height else { throw VaultError.damaged(Damage(name.path, "its height is not that of its name")) }
        return record
    }

    /// The document in a piece of a metadata pack.
    func document(_ piece: PieceRef) async throws -> VaultDocument {
        let subject = "\(registry.object(of: piece.pack)?.path ?? "meta") piece \(piece.ordinal)"
        return try VaultDocument(parsing: try await reader.piece(piece), subject: subject, own: piece.pack, registry: registry)
    }

    func manifest(_ piece: PieceRef) async throws -> Manifest {
        try Manifest(reading: try await document(piece))
    }

    /// All pieces of a file, the manifests that this one is based on resolved.
    func pieces(of manifest: Manifest, chain: Int = 0) async throws -> [PieceRef] {
        guard chain <= 2 * Manifest.maximumDepth else { throw VaultError.damaged(Damage("a manifest", "its chain of bases does not end")) }
        var base: [PieceRef] = []
        if let reference = manifest.base { base = try await pieces(of: try await self.manifest(reference), chain: chain + 1) }
        var pieces: [PieceRef] = []
        for part in manifest.parts {
            switch part {
            case .base(let first, let count):
                guard first + count <= base.count else { throw VaultError.damaged(Damage("a manifest", "it reaches beyond its base")) }
                pieces.append(contentsOf: base[first..<(first + count)])
            case .pieces(let run):
                // A piece has at least one byte, so that a forged count cannot exhaust memory.
                guard run.count <= manifest.size else { throw VaultError.damaged(Damage("a manifest", "it names more pieces than it has bytes")) }
                for ordinal in run.first..<(run.first + run.count) { pieces.append(PieceRef(pack: run.pack, ordinal: ordinal)) }
            }
        }
        return pieces
    }
}
