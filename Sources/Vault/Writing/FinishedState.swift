/// A state whose versions are all stored, waiting for its history to be written.
struct FinishedState: Sendable {
    var state: StateID
    /// Oldest first.
    var versions: [VaultVersion]
    /// The pieces of the history as it was; those whose versions did not change are kept.
    var kept: [Int: PieceRef]
    /// What changed segments replace.
    var bases: [Int: MetadataPiece.Base]

    /// Compares a history with what is stored of it.
    static func prepare(_ state: StateID, versions: [VaultVersion], stored: StateEntry?, before: [VaultVersion], _ files: VaultFiles) async -> FinishedState {
        var finished = FinishedState(state: state, versions: versions, kept: [:], bases: [:])
        guard let stored else { return finished }
        let old = segments(before)
        for (index, segment) in segments(versions).enumerated() where index < stored.segments.count {
            if index < old.count, old[index] == segment {
                finished.kept[index] = stored.segments[index]
            } else {
                finished.bases[index] = await MetadataPiece.Base(stored.segments[index], files)
            }
        }
        return finished
    }

    static func segments(_ versions: [VaultVersion]) -> [ArraySlice<VaultVersion>] {
        stride(from: 0, to: versions.count, by: HistorySegment.capacity).map { versions[$0..<min($0 + HistorySegment.capacity, versions.count)] }
    }
}
