/// The body of a response as it arrives, in pieces of some tens of kilobytes. At most about 256 KiB wait unread; beyond
/// that the server is held back.
///
/// Read by one task, once. Leaving the loop early and letting go of the stream ends the transfer. A body that breaks
/// off throws ``TransportError``, a cancelled task `CancellationError`.
public struct HTTPBodyStream: AsyncSequence, Sendable {
    public typealias Element = [UInt8]
    public typealias Failure = any Error

    private let lease: StreamLease

    init(_ lease: StreamLease) { self.lease = lease }

    public func makeAsyncIterator() -> Iterator { Iterator(lease: lease) }

    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let lease: StreamLease

        public mutating func next() async throws -> [UInt8]? {
            try await lease.next()
        }
    }

    /// Reads the rest of the body.
    ///
    /// - Throws: ``TransportError`` when the body is cut short.
    public func collect() async throws -> [UInt8] {
        var bytes: [UInt8] = []
        for try await piece in self { bytes.append(contentsOf: piece) }
        return bytes
    }
}
