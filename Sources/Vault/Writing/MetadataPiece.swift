internal import Cryptography

/// A document that is to go into a metadata pack, and the one that it replaces.
struct MetadataPiece: Sendable {
    /// An earlier document that resembles the new one.
    struct Base: Sendable {
        var reference: PieceRef
        var depth: UInt8
        var bytes: [UInt8]

        /// Nil when it cannot be read: the new document is then stored whole.
        init?(_ reference: PieceRef, _ files: VaultFiles) async {
            guard let block = try? await files.reader.block(holding: reference) else { return nil }
            self.reference = reference
            depth = block.depth
            bytes = Array(block.bytes[block.range(of: Int(reference.ordinal))])
        }
    }

    var bytes: [UInt8]
    var digest: SHA256Digest
    var base: Base?
}

extension PackBuilder {
    /// Compresses documents of one kind into blocks and adds them.
    ///
    /// - Returns: where each is, in the order given.
    mutating func append(_ documents: [MetadataPiece], kind: BlockKind, deflaters: DeflaterPool) throws -> [PieceRef] {
        let made = deflaters.withDeflater { deflater in
            var maker = BlockMaker(kind: kind)
            for (tag, document) in documents.enumerated() {
                document.bytes.withUnsafeBytes { bytes in
                    if let base = document.base {
                        base.bytes.withUnsafeBytes { maker.add(bytes, digest: document.digest, base: .init(reference: base.reference, depth: base.depth, bytes: $0), tag: tag, deflater: &deflater) }
                    } else {
                        maker.add(bytes, digest: document.digest, base: nil, tag: tag, deflater: &deflater)
                    }
                }
            }
            maker.finish(&deflater)
            return maker.made
        }
        var places = [PieceRef](repeating: PieceRef(pack: number, ordinal: 0), count: documents.count)
        for made in made {
            let first = try append(made.block)
            for (offset, tag) in made.tags.enumerated() { places[tag].ordinal = first + UInt32(offset) }
        }
        return places
    }
}
