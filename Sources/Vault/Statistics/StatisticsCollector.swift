internal import Cryptography

/// Adds up a vault.
struct StatisticsCollector {
    private let files: VaultFiles
    /// For each data pack, which of its pieces are counted.
    private var counted: [UInt32: [Bool]] = [:]
    private var seen = Set<PieceRef>()

    init(_ files: VaultFiles) {
        self.files = files
    }

    mutating func collect(_ catalogue: Catalogue) async throws -> VaultStatistics {
        var statistics = VaultStatistics()
        try await addObjects(to: &statistics)
        for state in catalogue.entries.keys.sorted() {
            let (versions, damages) = await catalogue.readableVersions(of: state, files)
            if let damage = damages.first { throw VaultError.damaged(damage) }
            var share = VaultStatistics.State(state: state, versions: versions.count, storedVersions: 0, originalBytes: 0, storedBytes: 0)
            for version in versions {
                guard let content = version.content else { continue }
                let manifest = try await files.manifest(content)
                share.storedVersions += 1
                share.originalBytes += Int64(manifest.size)
                guard seen.insert(content).inserted else { continue }
                // What it takes from its base was counted with the base, or is counted with whoever needs it first.
                for piece in try await files.pieces(of: manifest) { share.storedBytes += try await cost(of: piece) }
            }
            statistics.originalBytes += share.originalBytes
            statistics.states.append(share)
        }
        statistics.contents = seen.count
        statistics.unusedBytes = try await unusedBytes()
        return statistics
    }

    private func addObjects(to statistics: inout VaultStatistics) async throws {
        for folder in ObjectName.Folder.allCases {
            let objects = try await files.list(folder).objects
            let bytes = objects.reduce(Int64(0)) { $0 + Int64($1.size) }
            switch folder {
            case .data: (statistics.dataPacks, statistics.dataBytes) = (objects.count, bytes)
            case .meta: (statistics.metadataPacks, statistics.metadataBytes) = (objects.count, bytes)
            case .snapshots:
                statistics.snapshots = objects.count
                statistics.recordBytes += bytes
            default: statistics.recordBytes += bytes
            }
        }
    }

    /// A piece's share of its block and of its pack's directory, the first time it is met.
    private mutating func cost(of piece: PieceRef) async throws -> Int64 {
        let ordinal = Int(piece.ordinal)
        if counted[piece.pack]?[ordinal] == true { return 0 }
        let directory = try await files.reader.directory(of: piece.pack)
        guard let cost = Self.cost(of: ordinal, in: directory) else { throw VaultError.damaged(Damage("a manifest", "it names a piece that is not there")) }
        counted[piece.pack, default: [Bool](repeating: false, count: directory.lengths.count)][ordinal] = true
        return cost
    }

    private static func cost(of ordinal: Int, in directory: PackDirectory) -> Int64? {
        guard let index = directory.block(of: ordinal) else { return nil }
        let block = directory.blocks[index]
        let plain = directory.lengths[block.firstOrdinal..<(block.firstOrdinal + block.count)].reduce(0) { $0 + Int($1) }
        // 34: a piece's digest and length in the directory.
        return Int64(block.length * Int(directory.lengths[ordinal]) / max(plain, 1)) + 34
    }

    /// What no version needs: packs of runs that never finished, pieces that serve only as another one's dictionary.
    private func unusedBytes() async throws -> Int64 {
        var bytes: Int64 = 0
        for entry in try await files.list(.data).objects {
            guard let id = SHA256Digest(hex: entry.name.name.prefix(64)) else { continue }
            let number = files.registry.number(of: id, in: .data)
            guard let used = counted[number] else {
                bytes += Int64(entry.size)
                continue
            }
            let directory = try await files.reader.directory(of: number)
            for ordinal in used.indices where !used[ordinal] { bytes += Self.cost(of: ordinal, in: directory) ?? 0 }
        }
        return bytes
    }
}
