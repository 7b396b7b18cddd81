/// A whole, validated JSON text (RFC 8259) over its own bytes.
///
/// Parsing is one pass that checks everything: UTF-8, escapes, numbers, nesting. The result is a tape of 8 bytes per
/// value; strings and numbers stay where they are and are decoded when asked for. Copying a document copies a reference.
public struct JSONDocument: Sendable {
    @usableFromInline let tape: Tape

    /// Parses `bytes`.
    /// - Parameter deferral: what is kept as bytes until somebody looks into it; it is checked all the same.
    /// - Throws: ``JSONSyntaxError`` with the offset of the first byte that does not fit.
    public init(parsing bytes: StateBytes, limits: JSONLimits = .default, deferring deferral: JSONDeferral? = nil) throws(JSONSyntaxError) {
        let largest = min(limits.bytes, Int(UInt32.max))
        guard bytes.count <= largest else { throw JSONSyntaxError(.tooLarge(limit: largest), offset: largest, in: bytes) }
        var builder = TapeBuilder(bytes: bytes, limits: limits, deferring: deferral)
        do {
            try builder.build()
        } catch {
            throw JSONSyntaxError(error.reason, offset: error.offset, in: bytes)
        }
        guard let (words, count, capacity) = builder.take() else { throw JSONSyntaxError(.outOfMemory, offset: 0, in: bytes) }
        tape = Tape(bytes: bytes, words: words, count: count, capacity: capacity)
    }

    /// The bytes, as they were given.
    @inlinable public var bytes: StateBytes { tape.bytes }

    @inlinable public var root: JSONValue { JSONValue(tape: tape, position: 0) }

    /// Number of tape words that the parse made: positions run over `0..<wordCount`, those of deferred content behind that.
    @inlinable public var wordCount: Int { tape.count }

    /// The value at a tape position that ``JSONValue/position`` gave. Four bytes per remembered value instead of sixteen.
    /// Precondition: it came from a value of this very document.
    @inlinable public func value(at position: UInt32) -> JSONValue {
        precondition(Int(position) < tape.capacity, "position outside the tape")
        return JSONValue(tape: tape, position: position)
    }

    /// The same document, by a handle of its own.
    ///
    /// Every value holds on to its document, and so counts up and down at one place in memory. Threads that read one document
    /// at the same time slow each other down by that; with a handle each they do not. Positions are the same in all of them.
    public func handle() -> JSONDocument { JSONDocument(tape: Tape(sharing: tape)) }
}
