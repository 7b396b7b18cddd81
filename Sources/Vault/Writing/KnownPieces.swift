internal import Cryptography

/// Which pieces and files the vault's packs hold, by digest: what is in here is not stored again.
///
/// It is a help and no promise: above `limit` entries nothing more is learned, so that memory stays bounded in vaults of
/// any size, and a piece may then be stored twice.
struct KnownPieces {
    /// About 25 MB.
    static let limit = 300_000

    private var pieces: [SHA256Digest: PieceRef] = [:]
    private var manifests: [SHA256Digest: PieceRef] = [:]

    func piece(_ digest: SHA256Digest) -> PieceRef? { pieces[digest] }
    func manifest(_ digest: SHA256Digest) -> PieceRef? { manifests[digest] }

    mutating func insert(piece digest: SHA256Digest, at reference: PieceRef) {
        if pieces.count < Self.limit, pieces[digest] == nil { pieces[digest] = reference }
    }

    mutating func insert(manifest digest: SHA256Digest, at reference: PieceRef) {
        if manifests.count < Self.limit, manifests[digest] == nil { manifests[digest] = reference }
    }

    /// Learns what a pack holds, from its directory. Packs of runs that never finished count as well.
    mutating func learn(_ tail: PackTail, number: UInt32) {
        guard !tail.isRebuilt else { return }
        for block in tail.directory.blocks where block.kind == .pieces || block.kind == .manifests {
            for ordinal in block.firstOrdinal..<(block.firstOrdinal + block.count) {
                let reference = PieceRef(pack: number, ordinal: UInt32(ordinal))
                let digest = tail.directory.digests[ordinal]
                if block.kind == .pieces { insert(piece: digest, at: reference) } else { insert(manifest: digest, at: reference) }
            }
        }
    }

    var isFull: Bool { pieces.count >= Self.limit && manifests.count >= Self.limit }
}
