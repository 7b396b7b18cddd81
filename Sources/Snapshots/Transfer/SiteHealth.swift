internal import S3
internal import Synchronization

/// Notices when a site is beyond help, so that a run does not ask ten thousand times for what it cannot get.
final class SiteHealth: Sendable {
    private struct State {
        var fatal: S3Error?
        var failuresInARow = 0
    }

    private let state = Mutex(State())
    /// So many versions in a row that failed for want of an answer mean that the server is gone.
    private let patience: Int

    init(patience: Int = 12) { self.patience = patience }

    /// The error that ended the work on this site, if one did.
    var fatal: S3Error? { state.withLock { $0.fatal } }

    func succeeded() { state.withLock { $0.failuresInARow = 0 } }

    func failed(_ error: S3Error) {
        state.withLock { state in
            guard state.fatal == nil else { return }
            switch error.kind {
            case .expiredCredentials, .invalidCredentials, .credentials, .configuration, .noSuchBucket, .wrongRegion, .clockSkew:
                state.fatal = error
            case .transport, .throttled, .serverFault, .deadline, .unreadableAnswer:
                state.failuresInARow += 1
                if state.failuresInARow >= patience { state.fatal = error }
            default:
                state.failuresInARow = 0
            }
        }
    }
}
