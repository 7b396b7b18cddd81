/// Gives the response to a ``ResponseBodySink`` for `send(_:into:)`.
final class SinkDelivery: ResponseDelivery {
    private let continuation: CheckedContinuation<HTTPResponseHead, any Error>
    private let sink: any ResponseBodySink
    private var head: HTTPResponseHead?

    init(_ continuation: CheckedContinuation<HTTPResponseHead, any Error>, sink: any ResponseBodySink) {
        self.continuation = continuation
        self.sink = sink
    }

    func begin(_ head: HTTPResponseHead) throws {
        self.head = head
        try sink.begin(head)
    }

    func receive(_ chunk: UnsafeRawBufferPointer) throws -> DeliveryVerdict {
        try sink.receive(chunk)
        return .taken
    }

    func finish(_ failure: (any Error)?) {
        if let head, failure == nil {
            continuation.resume(returning: head)
        } else {
            continuation.resume(throwing: failure ?? CancellationError())
        }
    }
}
