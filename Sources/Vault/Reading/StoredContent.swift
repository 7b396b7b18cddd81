internal import Cryptography
internal import StateJSON

/// A stored file, put together again.
struct StoredContent: Sendable {
    var bytes: StateBytes
    var manifest: Manifest
    var pieces: [PieceRef]
    var ends: [Int]
    /// Depth of the block that holds each piece.
    var depths: [UInt8]
}

extension VaultFiles {
    /// Puts a file together and proves it by its SHA-256.
    func content(_ reference: PieceRef) async throws -> StoredContent {
        let manifest = try await manifest(reference)
        let pieces = try await pieces(of: manifest)
        let blocks = try await blocks(of: pieces, atMost: manifest.size)
        var builder = StateBytes.Builder(capacity: manifest.size)
        var ends: [Int] = []
        var depths: [UInt8] = []
        ends.reserveCapacity(pieces.count)
        for (piece, block) in zip(pieces, blocks) {
            let range = block.range(of: Int(piece.ordinal))
            block.bytes.withUnsafeBytes { builder.append(UnsafeRawBufferPointer(rebasing: $0[range])) }
            ends.append(builder.count)
            depths.append(block.depth)
        }
        let bytes = builder.finish()
        let digest = bytes.withUnsafeBytes { SHA256.hash($0) }
        guard digest == manifest.sha256 else {
            throw VaultError.damaged(Damage("the file with SHA-256 \(manifest.sha256.hex)", "its \(bytes.count) of \(manifest.size) bytes hash to \(digest.hex)"))
        }
        return StoredContent(bytes: bytes, manifest: manifest, pieces: pieces, ends: ends, depths: depths)
    }

    /// The block of each piece; they are shared, so that a file of many pieces holds each block once.
    private func blocks(of pieces: [PieceRef], atMost size: Int) async throws -> [PackReader.Opened] {
        var blocks: [PackReader.Opened] = []
        blocks.reserveCapacity(pieces.count)
        var last: (pack: UInt32, block: PackReader.Opened)?
        var total = 0
        for piece in pieces {
            let block: PackReader.Opened
            if let last, last.pack == piece.pack, last.block.contains(Int(piece.ordinal)) {
                block = last.block
            } else {
                block = try await reader.block(holding: piece)
                last = (piece.pack, block)
            }
            total += block.range(of: Int(piece.ordinal)).count
            guard total <= size else { throw VaultError.damaged(Damage("a manifest", "its pieces have more than its \(size) bytes")) }
            blocks.append(block)
        }
        return blocks
    }
}

extension PackReader.Opened {
    func contains(_ ordinal: Int) -> Bool {
        ordinal >= firstOrdinal && ordinal < firstOrdinal + starts.count - 1
    }
}
