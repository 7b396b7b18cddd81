internal import Cryptography

/// What a pack holds: its blocks, and the length and digest of every piece.
///
/// It stands behind the blocks, so that two small reads at the end of a pack tell everything; when it is damaged it can
/// be made again from the blocks.
struct PackDirectory: Sendable {
    struct Entry: Sendable {
        var kind: BlockKind
        /// Where the block's frame begins in the pack.
        var offset: Int
        /// Bytes of the frame.
        var length: Int
        var firstOrdinal: Int
        var count: Int
    }

    private(set) var blocks: [Entry] = []
    private(set) var lengths: [UInt32] = []
    private(set) var digests: [SHA256Digest] = []

    mutating func append(_ kind: BlockKind, offset: Int, length: Int, lengths: [UInt32], digests: [SHA256Digest]) {
        blocks.append(Entry(kind: kind, offset: offset, length: length, firstOrdinal: self.lengths.count, count: lengths.count))
        self.lengths.append(contentsOf: lengths)
        self.digests.append(contentsOf: digests)
    }

    /// The block that holds a piece; nil when there is no such piece or it was pruned.
    func block(of ordinal: Int) -> Int? {
        guard ordinal >= 0, ordinal < lengths.count else { return nil }
        var low = 0
        var high = blocks.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if blocks[middle].firstOrdinal <= ordinal { low = middle } else { high = middle }
        }
        return blocks[low].kind == .removed ? nil : low
    }

    var body: [UInt8] {
        var writer = ByteWriter()
        writer.bytes.reserveCapacity(lengths.count * 36)
        writer.append(BlockKind.directory.rawValue)
        writer.appendVarint(blocks.count)
        for block in blocks {
            writer.append(block.kind.rawValue)
            writer.appendVarint(block.length)
            writer.appendVarint(block.count)
            guard block.kind != .removed else { continue }
            for ordinal in block.firstOrdinal..<(block.firstOrdinal + block.count) {
                writer.appendVarint(Int(lengths[ordinal]))
                writer.append(digests[ordinal])
            }
        }
        return writer.bytes
    }

    /// Reads a directory's frame body; nil when it makes no sense for a pack whose blocks take the bytes from `start` to
    /// `end`.
    init?(reading body: [UInt8], blocksFrom start: Int, to end: Int) {
        var reader = ByteReader(body[...])
        guard reader.byte() == BlockKind.directory.rawValue, let blockCount = reader.varint(), blockCount <= body.count else { return nil }
        var offset = start
        for _ in 0..<blockCount {
            guard let kind = reader.byte().flatMap(BlockKind.init(rawValue:)), let length = reader.varint(), let count = reader.varint() else { return nil }
            let entry = Entry(kind: kind, offset: offset, length: length, firstOrdinal: lengths.count, count: count)
            if kind == .removed {
                guard count <= Int(UInt32.max) - lengths.count, count <= 1 << 24 else { return nil }
                lengths.append(contentsOf: repeatElement(0, count: count))
                digests.append(contentsOf: repeatElement(.zero, count: count))
            } else {
                guard count <= reader.rest.count / 33 else { return nil }
                for _ in 0..<count {
                    guard let length = reader.varint(), length <= Int(UInt32.max), let digest = reader.digest() else { return nil }
                    lengths.append(UInt32(length))
                    digests.append(digest)
                }
            }
            offset += length
            guard offset <= end else { return nil }
            blocks.append(entry)
        }
        guard offset == end, reader.isAtEnd else { return nil }
    }

    init() {}
}

extension SHA256Digest {
    /// Stands where no digest is known.
    static let zero = SHA256Digest(bytes: [UInt8](repeating: 0, count: 32)) ?? SHA256.hash([])
}
