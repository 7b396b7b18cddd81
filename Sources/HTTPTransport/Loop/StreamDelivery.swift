/// Hands the head to `stream(_:)` and the body to a ``ResponseFeed``.
final class StreamDelivery: ResponseDelivery {
    private var continuation: CheckedContinuation<HTTPResponseHead, any Error>?
    private let feed: ResponseFeed

    init(_ continuation: CheckedContinuation<HTTPResponseHead, any Error>, feed: ResponseFeed) {
        self.continuation = continuation
        self.feed = feed
    }

    func begin(_ head: HTTPResponseHead, bodyLength: Int64?) {
        continuation?.resume(returning: head)
        continuation = nil
    }

    func receive(_ chunk: UnsafeRawBufferPointer) -> DeliveryVerdict {
        feed.offer(chunk) ? .taken : .paused
    }

    func finish(_ outcome: Result<HTTPResponseHead, any Error>) {
        // Still here only when the transfer ended before its head.
        continuation?.resume(with: outcome)
        continuation = nil
        switch outcome {
        case .success: feed.finish(nil)
        case .failure(let error): feed.finish(error)
        }
    }
}
