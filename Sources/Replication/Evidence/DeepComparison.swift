internal import S3

/// Compares the bytes of every version of states that are in step as far as the listings tell: while the listing goes on,
/// and a batch at a time, so that memory is bounded however many versions there are.
struct DeepComparison: Sendable {
    let comparison: ContentComparison
    let parallel: Int
    let progress: VerifyProgress.Listener

    /// Versions that may wait for their comparison before the listing has to.
    static let batch = 512

    private struct Work: Sendable {
        var state: Int
        var place: Int
        var ours: S3ObjectVersion
        var theirs: S3ObjectVersion
    }

    /// Compares what waits, when it is enough for a batch or the listing has ended.
    func settle(_ scan: inout LedgerScan, isEnd: Bool = false) async throws {
        guard scan.waitingVersions >= Self.batch || isEnd && !scan.waiting.isEmpty else { return }
        var compared = scan.sourceVersions - scan.waitingVersions
        var states = scan.takeWaiting()
        var work: [Work] = []
        for (index, state) in states.enumerated() {
            for pair in state.pairing.pairs where !state.source[pair.source].isDeleteMarker {
                work.append(Work(state: index, place: pair.source, ours: state.source[pair.source], theirs: state.replica[pair.replica]))
            }
        }
        let finished = scan.inStep.count + scan.open.count
        try await forEachBounded(work, limit: parallel) { ($0, try await comparison.compare($0.ours, $0.theirs)) } take: { work, resolution in
            states[work.state].resolved[work.place] = resolution
            compared += 1
            progress(VerifyProgress(.comparing, states: finished + work.state, done: compared))
        }
        for state in states { scan.file(state) }
    }
}
