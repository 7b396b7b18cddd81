/// Takes a response where it arrives, without a copy in between.
///
/// Both methods are called on the transport's own thread, one after the other, never after `send` returned: be quick,
/// every other transfer waits meanwhile. What they throw ends the transfer with ``TransportError/Code/sink(_:)``.
public protocol ResponseBodySink: AnyObject, Sendable {
    /// Called once, before any byte of the body.
    func begin(_ head: HTTPResponseHead) throws

    /// Called for each piece of the body. The memory is valid during the call only.
    func receive(_ chunk: UnsafeRawBufferPointer) throws
}
