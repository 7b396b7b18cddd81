/// Where the response of one transfer goes. Called on the transport thread only; `finish` exactly once, last.
protocol ResponseDelivery: AnyObject {
    /// The head is there. `bodyLength` is the announced size of the body in bytes, nil when unknown or when none follows.
    func begin(_ head: HTTPResponseHead, bodyLength: Int64?) throws
    /// Takes a piece of the body, or asks to be given the same piece again after a resume.
    func receive(_ chunk: UnsafeRawBufferPointer) throws -> DeliveryVerdict
    /// The body is complete, or there will be no more of it.
    func finish(_ outcome: Result<HTTPResponseHead, any Error>)
}

enum DeliveryVerdict {
    case taken
    case paused
}
