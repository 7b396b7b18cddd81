/// A request body that can be read from its start as often as it takes: once for each attempt to send it.
public struct HTTPBodySource: Sendable {
    /// Gives the next piece, nil at the end. An empty piece is skipped.
    typealias Reader = () async throws -> [UInt8]?

    /// Opens the body at its first byte. The reader is used by one task only.
    let open: @Sendable () -> Reader

    /// A source that makes a fresh sequence of pieces for each attempt.
    ///
    /// - Parameter makePieces: called once for each attempt. The pieces it gives must be the same every time. They are
    ///   pulled only as fast as the connection takes them.
    public init<Pieces: AsyncSequence & SendableMetatype>(_ makePieces: @escaping @Sendable () -> Pieces) 
    where Pieces.Element == [UInt8], Pieces.AsyncIterator: SendableMetatype {
        open = {
            var iterator = makePieces().makeAsyncIterator()
            return { try await iterator.next() }
        }
    }
}
