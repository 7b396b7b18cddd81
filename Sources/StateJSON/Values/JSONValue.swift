/// A value in a ``JSONDocument``: a reference to the document and a position. Cheap to copy; keeps the document alive.
public struct JSONValue: Sendable {
    public enum Kind: Sendable, Hashable {
        case null, bool, number, string, array, object
    }

    @usableFromInline let tape: Tape

    /// Where the value stands on the tape; see ``JSONDocument/value(at:)``. Grows in the order of the text, but for what is in
    /// deferred containers.
    public let position: UInt32

    @inlinable init(tape: Tape, position: UInt32) {
        self.tape = tape
        self.position = position
    }

    @inlinable var word: UInt64 { tape.words[Int(position)] }
    @inlinable var tag: UInt64 { TapeWord.tag(word) }

    @inlinable public var document: JSONDocument { JSONDocument(tape: tape) }

    @inlinable public var kind: Kind {
        switch tag {
        case TapeWord.Tag.null: .null
        case TapeWord.Tag.false, TapeWord.Tag.true: .bool
        case TapeWord.Tag.integer, TapeWord.Tag.decimal: .number
        case TapeWord.Tag.plain, TapeWord.Tag.escaped: .string
        case TapeWord.Tag.array, TapeWord.Tag.emptyArray, TapeWord.Tag.deferredArray: .array
        default: .object
        }
    }

    @inlinable public var isNull: Bool { tag == TapeWord.Tag.null }
    @inlinable public var isString: Bool { tag == TapeWord.Tag.plain || tag == TapeWord.Tag.escaped }
    @inlinable public var isArray: Bool { tag >= TapeWord.Tag.emptyArray && tag & 1 == 1 }
    @inlinable public var isObject: Bool { tag >= TapeWord.Tag.emptyObject && tag & 1 == 0 }
    /// Null, a boolean, a number or a string.
    @inlinable public var isScalar: Bool { tag < TapeWord.Tag.emptyArray }

    /// The boolean, nil for every other kind.
    @inlinable public var bool: Bool? {
        switch tag {
        case TapeWord.Tag.true: true
        case TapeWord.Tag.false: false
        default: nil
        }
    }

    /// Number of elements or members (duplicates counted), 0 for every other kind.
    @inlinable public var count: Int {
        tag >= TapeWord.Tag.array ? Int(truncatingIfNeeded: tape.words[Int(position) &+ 1] &>> 32) : 0
    }

    /// The exact bytes of this value in the document, quotes and brackets included.
    @inlinable public var rawRange: Range<Int> {
        let word = word, offset = TapeWord.offset(word)
        switch TapeWord.tag(word) {
        case TapeWord.Tag.plain, TapeWord.Tag.escaped: return (offset &- 1)..<(offset &+ TapeWord.extent(word) &+ 1)
        case TapeWord.Tag.array...: return offset..<Int(truncatingIfNeeded: tape.words[Int(position) &+ 1] & 0xFFFF_FFFF)
        default: return offset..<(offset &+ TapeWord.extent(word))
        }
    }

    /// Lends the bytes of ``rawRange``; the pointer must not be kept.
    @inlinable public func withRawBytes<R, E: Error>(_ body: (UnsafeBufferPointer<UInt8>) throws(E) -> R) throws(E) -> R {
        defer { withExtendedLifetime(tape) {} }
        let range = rawRange
        return try body(UnsafeBufferPointer(start: tape.base + range.lowerBound, count: range.count))
    }
}

extension JSONDocument {
    @inlinable init(tape: Tape) { self.tape = tape }
}
