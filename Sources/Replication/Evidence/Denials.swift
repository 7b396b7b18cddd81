internal import S3
internal import Synchronization

/// Counts refusals of one side, so that a side that never answers is not asked ten thousand times, and is reported once.
final class Denials: Sendable {
    private struct State {
        var first: S3Error?
        var count = 0
        var inARow = 0
    }

    private let state = Mutex(State())
    private static let patience = 8

    var isHopeless: Bool { state.withLock { $0.inARow >= Self.patience } }

    func succeeded() { state.withLock { $0.inARow = 0 } }

    func failed(_ error: S3Error) {
        state.withLock { state in
            state.first = state.first ?? error
            state.count += 1
            state.inARow += 1
        }
    }

    /// One problem for all refusals of a site.
    func problem(_ site: String) -> VerifyProblem? {
        state.withLock { state in
            guard let error = state.first else { return nil }
            var problem = VerifyProblem(error, reference: site, doing: "what S3 says about replication could not be read")
            if state.count > 1 { problem.message += "; \(state.count) versions in all" }
            return problem
        }
    }
}
