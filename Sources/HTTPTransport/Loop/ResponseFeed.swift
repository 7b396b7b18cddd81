internal import Synchronization

/// The buffer between the transport thread, which offers bytes, and the one task that reads them.
final class ResponseFeed: Sendable {
    private enum Step {
        case bytes([UInt8], wasPaused: Bool)
        case end((any Error)?)
        case wait
    }

    private struct State {
        var buffer: [UInt8] = []
        /// A piece was refused and will be offered again after a resume.
        var isPaused = false
        var isFinished = false
        var failure: (any Error)?
        /// The reader that waits for something to happen.
        var reader: CheckedContinuation<Void, Never>?
    }

    /// A full buffer stops the server: in bytes, what a reader that lags costs in memory.
    private static let highWater = 256 << 10
    private let state = Mutex(State())

    /// Takes a piece unless the buffer is full. After false the same piece must be offered again when the reader asked.
    func offer(_ chunk: UnsafeRawBufferPointer) -> Bool {
        let (taken, reader) = state.withLock { state -> (Bool, CheckedContinuation<Void, Never>?) in
            guard state.buffer.count < Self.highWater else {
                state.isPaused = true
                return (false, nil)
            }
            state.buffer.append(contentsOf: chunk)
            defer { state.reader = nil }
            return (true, state.reader)
        }
        reader?.resume()
        return taken
    }

    /// No more bytes come: the end of the body, or its failure.
    func finish(_ failure: (any Error)?) {
        let reader = state.withLock { state in
            state.isFinished = true
            state.failure = failure
            defer { state.reader = nil }
            return state.reader
        }
        reader?.resume()
    }

    /// The bytes that arrived since the last call, waiting for some. Nil at the end; a failure is thrown once, after
    /// the bytes before it. `resume` is called when the transport may go on after a full buffer.
    func next(resume: () -> Void) async throws -> [UInt8]? {
        while true {
            switch step() {
            case .bytes(let bytes, let wasPaused):
                if wasPaused { resume() }
                return bytes
            case .end(let failure):
                if let failure { throw failure }
                return nil
            case .wait:
                await withCheckedContinuation { reader in
                    let goOn = state.withLock { state in
                        if !state.buffer.isEmpty || state.isFinished { return true }
                        precondition(state.reader == nil, "one task at a time may read a response body")
                        state.reader = reader
                        return false
                    }
                    if goOn { reader.resume() }
                }
            }
        }
    }

    private func step() -> Step {
        state.withLock { state in
            if !state.buffer.isEmpty {
                let step = Step.bytes(state.buffer, wasPaused: state.isPaused)
                state.buffer = []
                state.isPaused = false
                return step
            }
            guard state.isFinished else { return .wait }
            defer { state.failure = nil }
            return .end(state.failure)
        }
    }
}
