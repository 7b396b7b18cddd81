/// Where a piece is: the number of its pack in this process's `PackRegistry` and its place in the pack's order.
struct PieceRef: Hashable, Sendable {
    var pack: UInt32
    var ordinal: UInt32
}

/// Pieces that follow each other in one pack.
struct PieceRun: Hashable, Sendable {
    var pack: UInt32
    var first: UInt32
    var count: UInt32
}
