internal import Synchronization

/// Counts, and tells the listener at most every 50 ms: a terminal needs no more, and a run of millions of versions must not
/// spend its time on talking.
final class ProgressMeter: Sendable {
    private let listener: @Sendable (SnapshotProgress) -> Void
    private let state = Mutex((progress: SnapshotProgress(), last: nil as ContinuousClock.Instant?))

    init(_ listener: @escaping @Sendable (SnapshotProgress) -> Void) { self.listener = listener }

    func update(_ change: (inout SnapshotProgress) -> Void) {
        let now = ContinuousClock.now
        let due: SnapshotProgress? = state.withLock { state in
            change(&state.progress)
            if let last = state.last, now - last < .milliseconds(50) { return nil }
            state.last = now
            return state.progress
        }
        if let due { listener(due) }
    }

    /// Tells how things stand, due or not.
    func flush() { listener(state.withLock { $0.progress }) }
}
