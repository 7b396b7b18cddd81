/// Hands the head to `stream(_:)` and the body to a ``ResponseFeed``.
final class StreamDelivery: ResponseDelivery {
    private var continuation: CheckedContinuation<HTTPResponseHead, any Error>?
    private let feed: ResponseFeed

    init(_ continuation: CheckedContinuation<HTTPResponseHead, any Error>, feed: ResponseFeed) {
        self.continuation = continuation
        self.feed = feed
    }

    func begin(_ head: HTTPResponseHead) {
        continuation?.resume(returning: head)
        continuation = nil
    }

    func receive(_ chunk: UnsafeRawBufferPointer) -> DeliveryVerdict {
        feed.offer(chunk) ? .taken : .paused
    }

    func finish(_ failure: (any Error)?) {
        if let continuation {
            self.continuation = nil
            continuation.resume(throwing: failure ?? CancellationError())
        }
        feed.finish(failure)
    }
}
