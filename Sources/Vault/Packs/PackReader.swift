internal import Cryptography

/// Reads pieces out of packs, with directories and inflated blocks cached within bounds.
actor PackReader {
    /// An inflated block.
    struct Opened: Sendable {
        var firstOrdinal: Int
        var depth: UInt8
        var starts: [Int]
        var bytes: [UInt8]

        func range(of ordinal: Int) -> Range<Int> {
            starts[ordinal - firstOrdinal]..<starts[ordinal - firstOrdinal + 1]
        }
    }

    private struct BlockKey: Hashable {
        var pack: UInt32
        var block: Int
    }

    /// Bytes of inflated blocks kept.
    private static let blockBudget = 12 << 20
    /// Pieces of directories kept: about 40 bytes each.
    private static let directoryBudget = 300_000
    /// No block that this format writes is larger; a forged one must not exhaust memory.
    private static let largestBlock = 1 << 28

    private let storage: any VaultStorage
    private let registry: PackRegistry
    private let cipher: VaultCipher?
    private var inflater = Inflater()
    private var packs: [UInt32: PackTail] = [:]
    private var packedPieces = 0
    private var blocks: [BlockKey: (opened: Opened, used: Int)] = [:]
    private var blockBytes = 0
    private var clock = 0

    init(storage: any VaultStorage, registry: PackRegistry, cipher: VaultCipher?) {
        self.storage = storage
        self.registry = registry
        self.cipher = cipher
    }

    /// The bytes of one piece.
    func piece(_ reference: PieceRef) async throws -> [UInt8] {
        let opened = try await block(holding: reference, chain: 0)
        return Array(opened.bytes[opened.range(of: Int(reference.ordinal))])
    }

    /// The inflated block that holds a piece.
    func block(holding reference: PieceRef) async throws -> Opened {
        try await block(holding: reference, chain: 0)
    }

    func directory(of pack: UInt32) async throws -> PackDirectory {
        try await file(pack).directory
    }

    /// Empties the caches.
    func forget() {
        packs = [:]
        packedPieces = 0
        blocks = [:]
        blockBytes = 0
    }

    private func block(holding reference: PieceRef, chain: Int) async throws -> Opened {
        let file = try await file(reference.pack)
        guard let index = file.directory.block(of: Int(reference.ordinal)) else {
            throw VaultError.damaged(Damage(file.name.path, "it holds no piece \(reference.ordinal)"))
        }
        clock += 1
        let key = BlockKey(pack: reference.pack, block: index)
        if let known = blocks[key] {
            blocks[key]?.used = clock
            return known.opened
        }
        let opened = try await open(file.directory.blocks[index], of: file, pack: reference.pack, chain: chain)
        keep(opened, as: key)
        return opened
    }

    private func open(_ entry: PackDirectory.Entry, of file: PackTail, pack: UInt32, chain: Int) async throws -> Opened {
        func damaged(_ detail: String) -> VaultError { .damaged(Damage(file.name.path, "block at byte \(entry.offset): \(detail)")) }
        guard chain <= 2 * Block.maximumDepth else { throw damaged("its chain of dictionaries does not end") }
        let frame: [UInt8]
        do {
            frame = try await storage.get(file.name, range: entry.offset..<(entry.offset + entry.length))
        } catch {
            throw error.code == .notFound || error.code == .outOfRange ? damaged(error.detail) : VaultError.storage(error)
        }
        guard let body = file.codec.body(of: frame[...], at: entry.offset) else { throw damaged("its checksum does not match") }
        guard let block = Block(reading: body, in: pack, registry: registry), block.lengths.count == entry.count else { throw damaged("it is not a block") }
        var starts = [0]
        starts.reserveCapacity(block.lengths.count + 1)
        for length in block.lengths { starts.append((starts.last ?? 0) + Int(length)) }
        let count = starts.last ?? 0
        guard count <= Self.largestBlock else { throw damaged("it claims \(count) bytes") }
        var dictionary: [UInt8] = []
        for reference in block.dictionary {
            guard reference.pack != pack || Int(reference.ordinal) < entry.firstOrdinal else { throw damaged("its dictionary is not before it") }
            let base = try await self.block(holding: reference, chain: chain + 1)
            dictionary.append(contentsOf: base.bytes[base.range(of: Int(reference.ordinal))])
        }
        guard block.isDeflated else {
            guard block.payload.count == count else { throw damaged("\(block.payload.count) bytes where \(count) belong") }
            return Opened(firstOrdinal: entry.firstOrdinal, depth: block.depth, starts: starts, bytes: block.payload)
        }
        let plain = dictionary.withUnsafeBytes { dictionary in
            block.payload.withUnsafeBytes { inflater.inflate($0, to: count, dictionary: dictionary) }
        }
        guard let plain else { throw damaged("it does not inflate to \(count) bytes") }
        return Opened(firstOrdinal: entry.firstOrdinal, depth: block.depth, starts: starts, bytes: plain)
    }

    private func keep(_ opened: Opened, as key: BlockKey) {
        if blocks.updateValue((opened, clock), forKey: key) == nil { blockBytes += opened.bytes.count }
        guard blockBytes > Self.blockBudget else { return }
        // Half of it goes at once, so that eviction is rare.
        for (key, value) in blocks.sorted(by: { $0.value.used < $1.value.used }) where blockBytes > Self.blockBudget / 2 {
            blockBytes -= value.opened.bytes.count
            blocks[key] = nil
        }
    }

    private func file(_ pack: UInt32) async throws -> PackTail {
        if let known = packs[pack] { return known }
        guard let name = registry.object(of: pack) else { throw VaultError.misuse("a piece of an unfinished pack was read") }
        let file = try await load(name)
        if packedPieces > Self.directoryBudget {
            packs = [:]
            packedPieces = 0
        }
        packs[pack] = file
        packedPieces += file.directory.lengths.count
        return file
    }

    private func load(_ name: ObjectName) async throws -> PackTail {
        do {
            return try await PackTail.read(name, from: storage, cipher: cipher)
        } catch VaultError.storage(let error) where error.code == .notFound {
            // Pruning may have replaced the pack by a smaller one under `id-hash`, in which every piece kept its number.
            let replacements = try await listing(name.folder).objects.filter { $0.name.name.hasPrefix("\(name.name)-") }
            guard let smallest = replacements.min(by: { $0.size < $1.size }) else { throw VaultError.damaged(Damage(name.path, "it is missing")) }
            return try await PackTail.read(smallest.name, from: storage, cipher: cipher)
        }
    }

    private func listing(_ folder: ObjectName.Folder) async throws -> StorageListing {
        do {
            return try await storage.list(folder)
        } catch {
            throw VaultError.storage(error)
        }
    }
}
