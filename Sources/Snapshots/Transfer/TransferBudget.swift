internal import Synchronization

/// Bounds what is in flight: so many requests, and so many bytes between the request and the vault.
///
/// First come, first served. Something larger than the whole budget passes when nothing else is in flight, so that a state of
/// any size gets through. A class with a lock rather than an actor: taken and returned once per version, it must cost nothing.
final class TransferBudget: Sendable {
    private struct Waiter {
        var id: UInt64
        var bytes: Int64
        var continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var slots: Int
        var bytes: Int64
        var inUse = 0
        var waiters: [Waiter] = []
        var cancelled: Set<UInt64> = []
        var nextID: UInt64 = 0

        func fits(_ wanted: Int64) -> Bool { inUse == 0 || (slots > 0 && bytes >= wanted) }

        mutating func take(_ wanted: Int64) {
            slots -= 1
            bytes -= wanted
            inUse += 1
        }
    }

    private let state: Mutex<State>

    init(slots: Int, bytes: Int64) {
        state = Mutex(State(slots: slots, bytes: bytes))
    }

    /// Takes what is asked for if it is there at once and nobody waits.
    func tryAcquire(bytes: Int64) -> Bool {
        state.withLock { state in
            guard state.waiters.isEmpty, state.fits(bytes) else { return false }
            state.take(bytes)
            return true
        }
    }

    /// Waits for its turn. Never call it while holding a share of the same budget.
    /// - Throws: `CancellationError`.
    func acquire(bytes: Int64) async throws {
        if tryAcquire(bytes: bytes) { return }
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let (resumed, error): (Bool, Bool) = state.withLock { state in
                    if state.cancelled.remove(id) != nil { return (true, true) }
                    if state.waiters.isEmpty, state.fits(bytes) {
                        state.take(bytes)
                        return (true, false)
                    }
                    state.waiters.append(Waiter(id: id, bytes: bytes, continuation: continuation))
                    return (false, false)
                }
                guard resumed else { return }
                if error { continuation.resume(throwing: CancellationError()) } else { continuation.resume() }
            }
        } onCancel: {
            let waiter: Waiter? = state.withLock { state in
                guard let index = state.waiters.firstIndex(where: { $0.id == id }) else {
                    // Not waiting yet, or served already; the mark is harmless in the second case.
                    state.cancelled.insert(id)
                    return nil
                }
                return state.waiters.remove(at: index)
            }
            waiter?.continuation.resume(throwing: CancellationError())
        }
    }

    /// Gives a slot back while its bytes stay taken: the answer is there, but not yet in the vault.
    func releaseSlot() { release(slots: 1, bytes: 0, users: 0) }

    /// Gives bytes back whose slot was given back before.
    func releaseBytes(_ bytes: Int64) { release(slots: 0, bytes: bytes, users: 1) }

    /// Gives everything back.
    func release(bytes: Int64) { release(slots: 1, bytes: bytes, users: 1) }

    private func release(slots: Int, bytes: Int64, users: Int) {
        let served: [Waiter] = state.withLock { state in
            state.slots += slots
            state.bytes += bytes
            state.inUse -= users
            var served: [Waiter] = []
            while let first = state.waiters.first, state.fits(first.bytes) {
                state.take(first.bytes)
                served.append(state.waiters.removeFirst())
            }
            return served
        }
        for waiter in served { waiter.continuation.resume() }
    }
}
