internal import CScan
internal import Synchronization

/// Which containers a parse checks like all the rest, but keeps as bytes until somebody looks into them.
///
/// Most of a large state is attributes of instances that a comparison never looks into. Deferred, they cost three words of
/// the tape each, and the memory for the others is only set aside. Nothing else changes: a deferred value answers as any
/// other does, at the price of a second parse of its own bytes when its content is asked for first.
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
    @inline(never) mutating func deferContent() throws(Failure) {
        let parent = Int(truncatingIfNeeded: outer[depth &- 1] &>> 32)
        guard let deferral, let tape = words, TapeWord.tag(tape[parent]) == TapeWord.Tag.object else { return }
        let key = tape[head &- 1], length = deferral.name.utf8CodeUnitCount
        guard TapeWord.tag(key) == TapeWord.Tag.plain, TapeWord.extent(key) == length,
            equalBytes(start + TapeWord.offset(key), deferral.name.utf8Start, count: length)
        else { return }
        deferredCount += count - head
        if count + deferredCount > wordLimit { throw failure(.tooManyValues(limit: wordLimit)) }
        tape[head] = TapeWord.make(inObject ? TapeWord.Tag.deferredObject : TapeWord.Tag.deferredArray, extent: 0, offset: TapeWord.offset(tape[head]))
        tape[head &+ 2] = 0
        count = head &+ 3
    }
}

extension JSONValue {
    /// The text of the member named `key`, as `self[key]?.string` gives it, without making the content of a deferred object
    /// stay: for one look at each of many.
    public func text(of key: StaticString) -> String? {
        guard tag == TapeWord.Tag.deferredObject, let content = tape.passingContent(ofDeferred: Int(position)) else { return self[key]?.string }
        return content[key]?.string
    }
}

extension Tape {
    /// The same value on a tape of its own; nil when its content is on this one already.
    fileprivate func passingContent(ofDeferred position: Int) -> JSONValue? {
        guard tfg_load_acquire(words + (position + 2)) == 0, let end = UInt32(exactly: words[position + 1] & 0xFFFF_FFFF) else { return nil }
        let start = TapeWord.offset(words[position])
        // A value, or a key and a colon, takes at least two bytes; one word more for each container.
        let room = Int(end) - start + 2
        guard let scratch = tfg_grow_words(nil, room) else { return nil }
        let count = TapeBuilder.reread(start, of: bytes, onto: scratch, at: 0, capacity: room)
        return JSONValue(tape: Tape(bytes: bytes, words: scratch, count: count, capacity: count), position: 0)
    }

    /// Where the content of a deferred container stands: like any other container's, further behind on the tape.
    ///
    /// Out of line, so that asking costs the ordinary containers nothing.
    @usableFromInline @inline(never) func content(ofDeferred position: Int) -> Range<Int> {
        let link = UnsafeMutablePointer(mutating: words + (position + 2))
        var head = Int(truncatingIfNeeded: tfg_load_acquire(link))
        if head == 0 {
            head = (owner ?? self).used.withLock { used in
                // Somebody else may have come first.
                let made = Int(truncatingIfNeeded: tfg_load_acquire(link))
                if made != 0 { return made }
                let head = used
                used = TapeBuilder.reread(TapeWord.offset(words[position]), of: bytes, onto: UnsafeMutablePointer(mutating: words), at: used, capacity: capacity)
                tfg_store_release(link, UInt64(head))
                return head
            }
        }
        return head + 2..<head + TapeWord.extent(words[head])
    }
}
