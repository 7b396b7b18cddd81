/// Gives the response to a ``ResponseBodySink`` for `send(_:into:)`.
final class SinkDelivery: ResponseDelivery {
    private let continuation: CheckedContinuation<HTTPResponseHead, any Error>
    private let sink: any ResponseBodySink

    init(_ continuation: CheckedContinuation<HTTPResponseHead, any Error>, sink: any ResponseBodySink) {
        self.continuation = continuation
        self.sink = sink
    }

    func begin(_ head: HTTPResponseHead, bodyLength: Int64?) throws {
        try sink.begin(head)
    }

    func receive(_ chunk: UnsafeRawBufferPointer) throws -> DeliveryVerdict {
        try sink.receive(chunk)
        return .taken
    }

    func finish(_ outcome: Result<HTTPResponseHead, any Error>) {
        continuation.resume(with: outcome)
    }
}
