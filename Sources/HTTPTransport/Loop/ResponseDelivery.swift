/// Where the response of one transfer goes. Called on the transport thread only; `finish` exactly once, last.
protocol ResponseDelivery: AnyObject {
    func begin(_ head: HTTPResponseHead) throws
    /// Takes a piece of the body, or asks to be given the same piece again after a resume.
    func receive(_ chunk: UnsafeRawBufferPointer) throws -> DeliveryVerdict
    func finish(_ failure: (any Error)?)
}

enum DeliveryVerdict {
    case taken
    case paused
}
