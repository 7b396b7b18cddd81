internal import Cryptography
internal import StateJSON

/// Which pieces, joined, are a file.
///
/// ```
/// {"sha256":"…","size":5233000,"depth":1,"base":[0,41],"packs":["…"],"pieces":[[-1,0,17],[1,902,1],[-1,18,1282]]}
/// ```
/// Each triple is `[pack, first piece, how many]`; pack -1 means pieces of the list of the manifest `base`.
struct Manifest: Sendable {
    /// A manifest is based on another at most this many times in a row.
    static let maximumDepth = 32

    enum Part: Sendable, Hashable {
        /// Pieces of the base's list.
        case base(first: Int, count: Int)
        case pieces(PieceRun)
    }

    var sha256: SHA256Digest
    var size: Int
    var depth: Int
    var base: PieceRef?
    var parts: [Part]

    func document(in own: UInt32, registry: PackRegistry) -> [UInt8] {
        var table = PackTable(own: own)
        let baseIndex = base.map { ($0, table.index(of: $0.pack)) }
        let rows: [(Int, Int, Int)] = parts.map { part in
            switch part {
            case .base(let first, let count): (-1, first, count)
            case .pieces(let run): (table.index(of: run.pack), Int(run.first), Int(run.count))
            }
        }
        var text = JSONText()
        text.object { text in
            text.member("sha256", sha256.hex)
            text.member("size", size)
            text.member("depth", depth)
            if let (base, index) = baseIndex {
                text.key("base")
                text.array { text in
                    text.integer(index)
                    text.integer(base.ordinal)
                }
            }
            table.write(to: &text, registry: registry)
            text.key("pieces")
            text.array { text in
                for row in rows {
                    text.array { text in
                        text.integer(row.0)
                        text.integer(row.1)
                        text.integer(row.2)
                    }
                }
            }
        }
        return text.bytes
    }

    init(sha256: SHA256Digest, size: Int, depth: Int, base: PieceRef?, parts: [Part]) {
        self.sha256 = sha256
        self.size = size
        self.depth = depth
        self.base = base
        self.parts = parts
    }

    init(reading document: VaultDocument) throws {
        let root = document.value
        sha256 = try document.required(root["sha256"]?.string.flatMap { SHA256Digest(hex: $0) }, "sha256")
        size = try document.count(root["size"], "size")
        depth = try document.count(root["depth"], "depth")
        base = try root["base"].map { try document.reference($0, in: .meta) }
        parts = []
        for row in try document.required(root["pieces"], "pieces").elements {
            var cells = row.elements.makeIterator()
            let pack = cells.next()?.int
            guard let first = cells.next()?.int, let count = cells.next()?.int, first >= 0, count >= 0, first <= 1 << 31, count <= 1 << 31 else {
                throw document.damaged("a row of pieces")
            }
            if pack == -1 {
                parts.append(.base(first: first, count: count))
            } else {
                parts.append(.pieces(PieceRun(pack: try document.pack(pack, in: .data), first: UInt32(first), count: UInt32(count))))
            }
        }
    }
}
