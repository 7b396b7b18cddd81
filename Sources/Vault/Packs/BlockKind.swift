/// What the pieces of a block are. The raw value stands in the pack.
enum BlockKind: UInt8, Sendable {
    /// Parts of state files.
    case pieces = 0x50  // P
    /// Which pieces make up a file; the digest beside each is that of the file described.
    case manifests = 0x4D  // M
    /// Parts of the histories of states.
    case histories = 0x48  // H
    /// Parts of the list of states.
    case catalogue = 0x43  // C
    /// Pieces that were pruned: the block keeps the numbers of the others as they were.
    case removed = 0x2D  // -
    /// The pack's directory.
    case directory = 0x44  // D
}
