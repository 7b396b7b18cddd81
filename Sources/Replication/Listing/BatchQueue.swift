internal import Sites

/// Hands batches of keys from a listing to the merge, at most two ahead, so that both sides are listed at once in bounded
/// memory. One producer, one consumer.
actor BatchQueue {
    private var batches: [[KeyVersions]] = []
    private var outcome: Result<Void, any Error>?
    private var producer: CheckedContinuation<Void, Never>?
    private var consumer: CheckedContinuation<Void, Never>?
    private var isClosed = false

    static let capacity = 2

    /// Adds a batch; waits while the consumer is behind.
    /// - Returns: false when nobody wants more.
    func put(_ batch: [KeyVersions]) async -> Bool {
        while batches.count >= Self.capacity, !isClosed {
            await withCheckedContinuation { producer = $0 }
        }
        guard !isClosed else { return false }
        batches.append(batch)
        wakeConsumer()
        return true
    }

    /// Says that nothing follows, and why.
    func finish(_ result: Result<Void, any Error>) {
        outcome = result
        wakeConsumer()
    }

    /// The next batch; nil at the end.
    /// - Throws: what the listing threw, once everything before it was taken.
    func next() async throws -> [KeyVersions]? {
        while batches.isEmpty {
            if let outcome {
                try outcome.get()
                return nil
            }
            await withCheckedContinuation { consumer = $0 }
        }
        let batch = batches.removeFirst()
        producer?.resume()
        producer = nil
        return batch
    }

    /// The consumer has gone: the producer must not wait for it.
    func close() {
        isClosed = true
        producer?.resume()
        producer = nil
    }

    private func wakeConsumer() {
        consumer?.resume()
        consumer = nil
    }
}
