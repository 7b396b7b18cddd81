internal import Synchronization

/// The buffer between the task that reads a body's source and the transport thread that sends it. One per attempt: when
/// libcurl must send the body again on a new connection, a new feed reads the source from its start.
final class UploadFeed: Sendable {
    enum Piece {
        case bytes(Int)
        case wait
        case end
        case failed(TransportError.Code)
    }

    private struct State {
        var buffer: [UInt8] = []
        var offset = 0
        var isEnded = false
        var isAbandoned = false
        var failure: TransportError.Code?
        var senderWaits = false
        var producer: CheckedContinuation<Void, Never>?
    }

    private let length: Int64
    private let state = Mutex(State())

    init(length: Int64) { self.length = length }

    /// Reads the source to its end, one piece ahead of the connection. `wake` is called when the connection waits for
    /// bytes and some have come.
    func run(_ source: HTTPBodySource, wake: () -> Void) async {
        let read = source.open()
        do {
            var total: Int64 = 0
            while let piece = try await read() {
                total += Int64(piece.count)
                // The last piece is held back until the source has ended: a surplus must fail the request before the
                // server takes it for complete.
                if total >= length { while total == length, let surplus = try await read() { total += Int64(surplus.count) } }
                guard total <= length else { return end(.bodySourceLength(expected: length, got: total), wake: wake) }
                if piece.isEmpty { continue }
                guard await give(piece, wake: wake) else { return }
            }
            end(total == length ? nil : .bodySourceLength(expected: length, got: total), wake: wake)
        } catch {
            end(.bodySource(error), wake: wake)
        }
    }

    /// Stops the reading: the transfer is over.
    func abandon() {
        let producer = state.withLock { state in
            state.isAbandoned = true
            defer { state.producer = nil }
            return state.producer
        }
        producer?.resume()
    }

    /// Fills `target` for the connection.
    func take(into target: UnsafeMutableRawBufferPointer) -> Piece {
        let (piece, producer) = state.withLock { state -> (Piece, CheckedContinuation<Void, Never>?) in
            let available = state.buffer.count - state.offset
            guard available > 0 else {
                if let failure = state.failure { return (.failed(failure), nil) }
                if state.isEnded { return (.end, nil) }
                state.senderWaits = true
                return (.wait, nil)
            }
            let count = min(available, target.count)
            state.buffer.withUnsafeBytes { target.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[state.offset..<state.offset + count])) }
            state.offset += count
            guard state.offset == state.buffer.count else { return (.bytes(count), nil) }
            state.buffer = []
            state.offset = 0
            defer { state.producer = nil }
            return (.bytes(count), state.producer)
        }
        producer?.resume()
        return piece
    }

    /// Hands a piece over and waits until the connection took it whole. False when nobody wants more.
    private func give(_ piece: [UInt8], wake: () -> Void) async -> Bool {
        let mustWake = state.withLock { state -> Bool in
            state.buffer = piece
            state.offset = 0
            defer { state.senderWaits = false }
            return state.senderWaits
        }
        if mustWake { wake() }
        await withCheckedContinuation { continuation in
            let goOn = state.withLock { state -> Bool in
                if state.isAbandoned || state.buffer.isEmpty { return true }
                state.producer = continuation
                return false
            }
            if goOn { continuation.resume() }
        }
        return state.withLock { !$0.isAbandoned }
    }

    private func end(_ failure: TransportError.Code?, wake: () -> Void) {
        let mustWake = state.withLock { state -> Bool in
            state.failure = failure
            state.isEnded = true
            defer { state.senderWaits = false }
            return state.senderWaits
        }
        if mustWake { wake() }
    }
}
