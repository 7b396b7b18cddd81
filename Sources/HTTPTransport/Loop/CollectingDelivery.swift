/// Collects the whole body for `send(_:)`.
final class CollectingDelivery: ResponseDelivery {
    private let continuation: CheckedContinuation<HTTPResponse, any Error>
    private let bodyLimit: Int
    private var response: HTTPResponse?
    private var body: [UInt8] = []

    init(_ continuation: CheckedContinuation<HTTPResponse, any Error>, bodyLimit: Int) {
        self.continuation = continuation
        self.bodyLimit = bodyLimit
    }

    func begin(_ head: HTTPResponseHead) {
        response = HTTPResponse(status: head.status, headers: head.headers, body: [])
        // The announced length saves growing the array, but a liar must not make us reserve more than this.
        if let length = head.contentLength { body.reserveCapacity(min(Int(clamping: length), bodyLimit, 16 << 20)) }
    }

    func receive(_ chunk: UnsafeRawBufferPointer) -> DeliveryVerdict {
        body.append(contentsOf: chunk)
        return .taken
    }

    func finish(_ failure: (any Error)?) {
        guard var response, failure == nil else {
            continuation.resume(throwing: failure ?? CancellationError())
            return
        }
        self.response = nil
        swap(&response.body, &body)
        continuation.resume(returning: response)
    }
}
