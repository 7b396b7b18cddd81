internal import Cryptography

/// Groups pieces into blocks and compresses them.
///
/// Pieces that resemble an earlier one go into a block whose dictionary is those earlier ones: old and new together stay
/// within deflate's window, so each piece can refer to its predecessor. Pieces without a predecessor are compressed
/// together, each with the ones before it in view.
struct BlockMaker: ~Copyable {
    /// An earlier piece that resembles a new one.
    struct Base {
        var reference: PieceRef
        /// Depth of the block that holds it.
        var depth: UInt8
        var bytes: UnsafeRawBufferPointer
    }

    /// A finished block and which of the pieces given (by their tags) it holds, in order.
    struct Made {
        var block: Block
        var tags: [Int]
    }

    /// Plain bytes of a block without dictionary: larger ones would compress hardly better and cost more to open.
    private static let freshTarget = 131_072
    /// Old and new bytes of a block with dictionary (deflate reaches 32 768 - 262 bytes back).
    private static let deltaTarget = 32_000

    private let kind: BlockKind
    private var fresh = Group()
    private var delta = Group()
    private(set) var made: [Made] = []

    init(kind: BlockKind) {
        self.kind = kind
    }

    private struct Group {
        var plain: [UInt8] = []
        var dictionary: [UInt8] = []
        var references: [PieceRef] = []
        var lengths: [UInt32] = []
        var digests: [SHA256Digest] = []
        var tags: [Int] = []
        var depth: UInt8 = 0
    }

    mutating func add(_ piece: UnsafeRawBufferPointer, digest: SHA256Digest, base: Base?, tag: Int, deflater: inout Deflater) {
        if let base, Int(base.depth) < Block.maximumDepth, piece.count + base.bytes.count <= Self.deltaTarget {
            let isNew = !delta.references.contains(base.reference)
            let more = piece.count + (isNew ? base.bytes.count : 0)
            if !delta.tags.isEmpty, delta.plain.count + delta.dictionary.count + more > Self.deltaTarget { closeDelta(&deflater) }
            if !delta.references.contains(base.reference) {
                delta.references.append(base.reference)
                delta.dictionary.append(contentsOf: base.bytes)
                delta.depth = max(delta.depth, base.depth + 1)
            }
            Self.append(piece, digest, tag, to: &delta)
        } else {
            if !fresh.tags.isEmpty, fresh.plain.count + piece.count > Self.freshTarget { closeFresh(&deflater) }
            Self.append(piece, digest, tag, to: &fresh)
        }
    }

    mutating func finish(_ deflater: inout Deflater) {
        // The few fresh pieces of a version that has deltas find their likes there, at no cost.
        if !delta.tags.isEmpty, !fresh.tags.isEmpty, delta.plain.count + delta.dictionary.count + fresh.plain.count <= Self.deltaTarget {
            delta.plain.append(contentsOf: fresh.plain)
            delta.lengths.append(contentsOf: fresh.lengths)
            delta.digests.append(contentsOf: fresh.digests)
            delta.tags.append(contentsOf: fresh.tags)
            fresh = Group()
        }
        closeFresh(&deflater)
        closeDelta(&deflater)
    }

    private static func append(_ piece: UnsafeRawBufferPointer, _ digest: SHA256Digest, _ tag: Int, to group: inout Group) {
        group.plain.append(contentsOf: piece)
        group.lengths.append(UInt32(piece.count))
        group.digests.append(digest)
        group.tags.append(tag)
    }

    private mutating func closeFresh(_ deflater: inout Deflater) {
        close(fresh, &deflater)
        fresh = Group()
    }

    private mutating func closeDelta(_ deflater: inout Deflater) {
        close(delta, &deflater)
        delta = Group()
    }

    private mutating func close(_ group: Group, _ deflater: inout Deflater) {
        guard !group.tags.isEmpty else { return }
        let deflated = group.plain.withUnsafeBytes { plain in
            group.dictionary.withUnsafeBytes { deflater.deflate(plain, dictionary: $0) }
        }
        let block = Block(
            kind: kind, depth: deflated == nil ? 0 : group.depth, lengths: group.lengths, digests: group.digests,
            dictionary: deflated == nil ? [] : group.references, payload: deflated ?? group.plain, isDeflated: deflated != nil)
        made.append(Made(block: block, tags: group.tags))
    }
}
