internal import Cryptography

/// One or more pieces compressed together: the unit that is read from a pack.
///
/// Body of its frame:
/// ```
/// kind  method  depth | count  length × count | packs  id × packs | references  (pack ordinal) × references | payload
/// ```
/// `method` 0 is stored, 1 raw deflate. The references name pieces whose plain bytes, joined, are the dictionary; pack 0
/// is this pack, pack n the nth id. `depth` is 0 without references, else one more than the deepest block referred to.
struct Block: Sendable {
    /// No chain of dictionaries is longer: a reader opens at most this many blocks for one piece.
    static let maximumDepth = 16

    var kind: BlockKind
    var depth: UInt8
    var lengths: [UInt32]
    var digests: [SHA256Digest]
    var dictionary: [PieceRef]
    /// The deflated bytes, or the plain ones when deflate gained nothing.
    var payload: [UInt8]
    var isDeflated: Bool

    /// The body of this block's frame in pack `number`.
    ///
    /// - Precondition: every pack referred to other than `number` has a name.
    func body(in number: UInt32, registry: PackRegistry) -> [UInt8] {
        var writer = ByteWriter()
        writer.bytes.reserveCapacity(payload.count + 64 + lengths.count * 3)
        writer.append(kind.rawValue)
        writer.append(isDeflated ? 1 : 0)
        writer.append(depth)
        writer.appendVarint(lengths.count)
        for length in lengths { writer.appendVarint(Int(length)) }
        var packs: [UInt32] = []
        for reference in dictionary where reference.pack != number && !packs.contains(reference.pack) { packs.append(reference.pack) }
        writer.appendVarint(packs.count)
        for pack in packs {
            guard let id = registry.id(of: pack) else { preconditionFailure("a block refers to a pack that is not yet written") }
            writer.append(id)
        }
        writer.appendVarint(dictionary.count)
        for reference in dictionary {
            writer.appendVarint(reference.pack == number ? 0 : 1 + (packs.firstIndex(of: reference.pack) ?? 0))
            writer.appendVarint(Int(reference.ordinal))
        }
        writer.append(contentsOf: payload)
        return writer.bytes
    }

    /// Reads a frame's body; nil when it is not a block.
    init?(reading body: [UInt8], in number: UInt32, registry: PackRegistry) {
        var reader = ByteReader(body[...])
        guard let kind = reader.byte().flatMap(BlockKind.init(rawValue:)), let method = reader.byte(), method <= 1, let depth = reader.byte(),
            let count = reader.varint(), count <= body.count
        else { return nil }
        var lengths: [UInt32] = []
        lengths.reserveCapacity(count)
        for _ in 0..<count {
            guard let length = reader.varint(), length <= Int(UInt32.max) else { return nil }
            lengths.append(UInt32(length))
        }
        guard let packCount = reader.varint(), packCount <= body.count / 32 else { return nil }
        var packs = [number]
        for _ in 0..<packCount {
            guard let id = reader.digest() else { return nil }
            packs.append(registry.number(of: id, in: kind == .pieces ? .data : .meta))
        }
        guard let referenceCount = reader.varint(), referenceCount <= body.count else { return nil }
        var dictionary: [PieceRef] = []
        for _ in 0..<referenceCount {
            guard let pack = reader.varint(), pack < packs.count, let ordinal = reader.varint(), ordinal <= Int(UInt32.max) else { return nil }
            dictionary.append(PieceRef(pack: packs[pack], ordinal: UInt32(ordinal)))
        }
        self.init(kind: kind, depth: depth, lengths: lengths, digests: [], dictionary: dictionary, payload: Array(reader.rest), isDeflated: method == 1)
    }

    init(kind: BlockKind, depth: UInt8, lengths: [UInt32], digests: [SHA256Digest], dictionary: [PieceRef], payload: [UInt8], isDeflated: Bool) {
        self.kind = kind
        self.depth = depth
        self.lengths = lengths
        self.digests = digests
        self.dictionary = dictionary
        self.payload = payload
        self.isDeflated = isDeflated
    }

    /// Plain bytes of all pieces together.
    var plainCount: Int { lengths.reduce(0) { $0 + Int($1) } }
}
