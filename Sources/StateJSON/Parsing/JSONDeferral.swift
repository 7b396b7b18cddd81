/// Which containers a parse checks like all the rest, but keeps as bytes until somebody looks into them.
///
/// Most of a large state is attributes of instances that a comparison never looks into. Deferred, they cost two words of
/// the tape each. Nothing else changes: a deferred value answers as any other does, at the price of a parse of its own
/// bytes each time that its content is asked for.
public struct JSONDeferral: Sendable {
    let name: StaticString
    let depth: Int

    /// - Parameters:
    ///   - name: the name of the member whose value is deferred. Where a text writes it with escapes, nothing is.
    ///   - depth: how many containers stand around that value; at least 1.
    public init(of name: StaticString, inside depth: Int) {
        self.name = name
        self.depth = max(1, depth)
    }
}

extension TapeBuilder {
    /// Takes the content of the innermost container, which just ended, off the tape again if it is to be deferred.
    @inline(never) mutating func deferContent() {
        guard let deferral, let tape = words, TapeWord.tag(tape[Int(truncatingIfNeeded: outer[depth &- 1] &>> 32)]) == TapeWord.Tag.object else { return }
        let key = tape[head &- 1], length = deferral.name.utf8CodeUnitCount
        guard TapeWord.tag(key) == TapeWord.Tag.plain, TapeWord.extent(key) == length,
            equalBytes(start + TapeWord.offset(key), deferral.name.utf8Start, count: length)
        else { return }
        count = head &+ 2
        hasDeferred = true
    }
}

extension JSONValue {
    /// Whether the content of this array or object is not on the tape. One that is there has at least a word of it.
    @inlinable var isDeferred: Bool { tag >= TapeWord.Tag.array && TapeWord.extent(word) == TapeWord.deferredExtent }

    /// The same value with its content on a tape of its own, over the same bytes. For deferred values alone.
    @usableFromInline var expanded: JSONValue {
        var builder = TapeBuilder(rereading: rawRange, of: tape.bytes)
        builder.rebuild()
        // The bytes were checked when they were deferred: what is missing here can only be memory.
        guard let (words, count) = builder.take() else { preconditionFailure("no memory for a part of a document") }
        return JSONValue(tape: Tape(bytes: tape.bytes, words: words, count: count, hasDeferred: false), position: 0)
    }

    /// The same value with nothing in it deferred, for walks along the tape.
    @usableFromInline var complete: JSONValue { tape.hasDeferred && tag >= TapeWord.Tag.array ? expanded : self }
}
