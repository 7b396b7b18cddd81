internal import Cryptography
internal import StateJSON

/// The version stored last: what the next one is compared with.
struct PreviousVersion: Sendable {
    var bytes: StateBytes
    var ends: [Int]
    var pieces: [PieceRef]
    /// Depth of the block that holds each piece.
    var depths: [UInt8]
    var manifest: PieceRef
    var manifestDepth: Int

    func range(of index: Int) -> Range<Int> {
        (index == 0 ? 0 : ends[index - 1])..<ends[index]
    }
}

/// How one file becomes pieces: which are the previous version's, which the vault has, which must be stored.
struct PiecePlan {
    /// Depth noted for pieces whose block was not looked at: they serve as nobody's dictionary.
    private static let unknownDepth = UInt8.max

    private let bytes: StateBytes
    private let ends: [Int]
    private let previous: PreviousVersion?
    private let matches: [PieceAlignment.Match]
    /// The pieces that the previous version does not have, and their digests.
    private let new: [Int]
    let newDigests: [SHA256Digest]
    private var isStored: [Bool]

    private(set) var places: [PieceRef]
    private(set) var depths: [UInt8]

    init(bytes: StateBytes, ends: [Int], previous: PreviousVersion?, files: VaultFiles) {
        self.bytes = bytes
        self.ends = ends
        self.previous = previous
        places = [PieceRef](repeating: PieceRef(pack: 0, ordinal: 0), count: ends.count)
        depths = [UInt8](repeating: 0, count: ends.count)
        if let previous {
            matches = bytes.withUnsafeBytes { new in
                previous.bytes.withUnsafeBytes { PieceAlignment(old: $0, oldEnds: previous.ends, new: new, newEnds: ends).matches() }
            }
        } else {
            matches = ends.map { _ in .new(like: nil) }
        }
        var new: [Int] = []
        for (index, match) in matches.enumerated() {
            switch match {
            case .same(let old):
                places[index] = previous?.pieces[old] ?? places[index]
                depths[index] = previous?.depths[old] ?? 0
            case .new:
                new.append(index)
            }
        }
        newDigests = bytes.withUnsafeBytes { buffer in
            new.map { files.digest(UnsafeRawBufferPointer(rebasing: buffer[($0 == 0 ? 0 : ends[$0 - 1])..<ends[$0]])) }
        }
        self.new = new
        isStored = [Bool](repeating: false, count: new.count)
    }

    /// Takes pieces that the vault has already, in the order of `newDigests`.
    mutating func reuse(_ known: [PieceRef?]) {
        for (position, place) in known.enumerated() {
            guard let place else { continue }
            places[new[position]] = place
            depths[new[position]] = Self.unknownDepth
            isStored[position] = true
        }
    }

    /// Compresses what remains; pieces of equal bytes are stored once.
    func compress(_ deflater: inout Deflater) -> [BlockMaker.Made] {
        var maker = BlockMaker(kind: .pieces)
        var seen = Set<SHA256Digest>()
        bytes.withUnsafeBytes { buffer in
            for (position, index) in new.enumerated() where !isStored[position] && seen.insert(newDigests[position]).inserted {
                let piece = UnsafeRawBufferPointer(rebasing: buffer[(index == 0 ? 0 : ends[index - 1])..<ends[index]])
                if let previous, case .new(let like?) = matches[index] {
                    previous.bytes.withUnsafeBytes(in: previous.range(of: like)) { old in
                        let base = BlockMaker.Base(reference: previous.pieces[like], depth: previous.depths[like], bytes: old)
                        maker.add(piece, digest: newDigests[position], base: base, tag: position, deflater: &deflater)
                    }
                } else {
                    maker.add(piece, digest: newDigests[position], base: nil, tag: position, deflater: &deflater)
                }
            }
        }
        maker.finish(&deflater)
        return maker.made
    }

    /// Notes where the blocks of `compress` went: `places` has the first piece of each.
    mutating func place(_ made: [BlockMaker.Made], at firsts: [PieceRef]) {
        var found: [SHA256Digest: (PieceRef, UInt8)] = [:]
        for (made, first) in zip(made, firsts) {
            for (offset, tag) in made.tags.enumerated() {
                found[newDigests[tag]] = (PieceRef(pack: first.pack, ordinal: first.ordinal + UInt32(offset)), made.block.depth)
            }
        }
        for (position, index) in new.enumerated() where !isStored[position] {
            guard let (place, depth) = found[newDigests[position]] else { continue }
            places[index] = place
            depths[index] = depth
        }
    }

    /// The list of pieces, as changes to the previous version's list where that is shorter.
    func manifest(sha256: SHA256Digest) -> Manifest {
        let whole = Manifest(sha256: sha256, size: bytes.count, depth: 0, base: nil, parts: runs(usingBase: false))
        guard let previous, previous.manifestDepth < Manifest.maximumDepth else { return whole }
        let edited = runs(usingBase: true)
        guard edited.count < whole.parts.count else { return whole }
        return Manifest(sha256: sha256, size: bytes.count, depth: previous.manifestDepth + 1, base: previous.manifest, parts: edited)
    }

    private func runs(usingBase: Bool) -> [Manifest.Part] {
        var parts: [Manifest.Part] = []
        for (index, match) in matches.enumerated() {
            if usingBase, case .same(let old) = match {
                if case .base(let first, let count) = parts.last, first + count == old {
                    parts[parts.count - 1] = .base(first: first, count: count + 1)
                } else {
                    parts.append(.base(first: old, count: 1))
                }
                continue
            }
            let place = places[index]
            if case .pieces(let run) = parts.last, run.pack == place.pack, run.first + run.count == place.ordinal {
                parts[parts.count - 1] = .pieces(PieceRun(pack: run.pack, first: run.first, count: run.count + 1))
            } else {
                parts.append(.pieces(PieceRun(pack: place.pack, first: place.ordinal, count: 1)))
            }
        }
        return parts
    }
}
