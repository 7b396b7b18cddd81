/// Collects the whole body for `send(_:)`.
final class CollectingDelivery: ResponseDelivery {
    /// The announced length saves growing the array, but a liar must not make us reserve more than this.
    private static let largestReservation: Int64 = 16 << 20

    private let continuation: CheckedContinuation<HTTPResponse, any Error>
    private var body: [UInt8] = []

    init(_ continuation: CheckedContinuation<HTTPResponse, any Error>) {
        self.continuation = continuation
    }

    func begin(_ head: HTTPResponseHead, bodyLength: Int64?) {
        if let bodyLength { body.reserveCapacity(Int(min(bodyLength, Self.largestReservation))) }
    }

    func receive(_ chunk: UnsafeRawBufferPointer) -> DeliveryVerdict {
        body.append(contentsOf: chunk)
        return .taken
    }

    func finish(_ outcome: Result<HTTPResponseHead, any Error>) {
        continuation.resume(with: outcome.map { HTTPResponse(status: $0.status, headers: $0.headers, body: body) })
    }
}
