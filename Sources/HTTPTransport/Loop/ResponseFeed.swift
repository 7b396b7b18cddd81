internal import Synchronization

/// The buffer between the transport thread, which offers bytes, and the one task that reads them.
final class ResponseFeed: Sendable {
    private struct State {
        var buffer: [UInt8] = []
        var reader: CheckedContinuation<[UInt8]?, any Error>?
        var isPaused = false
        var isFinished = false
        var failure: (any Error)?
    }

    /// A full buffer stops the server; bytes, so a reader that lags costs this much memory and no more.
    private static let highWater = 256 << 10
    private let state = Mutex(State())

    /// Takes a piece unless the buffer is full. After false the same piece must be offered again when the reader asked.
    func offer(_ chunk: UnsafeRawBufferPointer) -> Bool {
        let (taken, reader) = state.withLock { state -> (Bool, CheckedContinuation<[UInt8]?, any Error>?) in
            if let reader = state.reader {
                state.reader = nil
                return (true, reader)
            }
            guard state.buffer.count < Self.highWater else {
                state.isPaused = true
                return (false, nil)
            }
            state.buffer.append(contentsOf: chunk)
            return (true, nil)
        }
        reader?.resume(returning: Array(chunk))
        return taken
    }

    /// No more bytes come: the end of the body, or its failure.
    func finish(_ failure: (any Error)?) {
        let reader = state.withLock { state -> CheckedContinuation<[UInt8]?, any Error>? in
            guard !state.isFinished else { return nil }
            state.isFinished = true
            // A reader that waits learns of the failure at once; nobody is told twice.
            if state.reader == nil { state.failure = failure }
            defer { state.reader = nil }
            return state.reader
        }
        guard let reader else { return }
        if let failure { reader.resume(throwing: failure) } else { reader.resume(returning: nil) }
    }

    /// The bytes that arrived since the last call, waiting for some. Nil at the end. `resume` is called when the
    /// transport may go on after a full buffer.
    func next(resume: () -> Void) async throws -> [UInt8]? {
        let (immediate, wasPaused): (Result<[UInt8]?, any Error>?, Bool) = state.withLock { state in
            if !state.buffer.isEmpty {
                let bytes = state.buffer
                state.buffer = []
                defer { state.isPaused = false }
                return (.success(bytes), state.isPaused)
            }
            if let failure = state.failure {
                state.failure = nil
                return (.failure(failure), false)
            }
            return (state.isFinished ? .success(nil) : nil, false)
        }
        if wasPaused { resume() }
        if let immediate { return try immediate.get() }
        return try await withCheckedThrowingContinuation { reader in
            let ready: Result<[UInt8]?, any Error>? = state.withLock { state in
                if !state.buffer.isEmpty {
                    defer { state.buffer = [] }
                    return .success(state.buffer)
                }
                if let failure = state.failure {
                    state.failure = nil
                    return .failure(failure)
                }
                if state.isFinished { return .success(nil) }
                precondition(state.reader == nil, "one task at a time may read a response body")
                state.reader = reader
                return nil
            }
            if let ready { reader.resume(with: ready) }
        }
    }
}
