extension JSONValue {
    /// An object's members in the order of the text, duplicates included; empty for every other kind.
    @inlinable public var members: Members { Members(value: self) }

    public struct Members: Sequence, Sendable {
        @usableFromInline let value: JSONValue
        @inlinable init(value: JSONValue) { self.value = value }

        @inlinable public var underestimatedCount: Int { value.isObject ? value.count : 0 }

        @inlinable public func makeIterator() -> Iterator {
            let word = value.word, at = Int(value.position)
            guard TapeWord.tag(word) == TapeWord.Tag.object else { return Iterator(tape: value.tape, next: 0, end: 0) }
            let extent = TapeWord.extent(word)
            if extent == TapeWord.deferredExtent { return Members(value: value.expanded).makeIterator() }
            return Iterator(tape: value.tape, next: at &+ 2, end: at &+ extent)
        }

        public struct Iterator: IteratorProtocol {
            @usableFromInline let tape: Tape
            @usableFromInline var cursor: Int
            @usableFromInline let end: Int

            @inlinable init(tape: Tape, next: Int, end: Int) {
                self.tape = tape
                self.cursor = next
                self.end = end
            }

            @inlinable public mutating func next() -> (key: JSONKey, value: JSONValue)? {
                guard cursor < end else { return nil }
                let key = JSONValue(tape: tape, position: UInt32(truncatingIfNeeded: cursor))
                let value = JSONValue(tape: tape, position: UInt32(truncatingIfNeeded: cursor &+ 1))
                cursor &+= 1 &+ TapeWord.span(tape.words[cursor &+ 1])
                return (JSONKey(value: key), value)
            }
        }
    }

    /// The member named `key`; the last one when the name is there more than once, as Go's decoder has it.
    @inlinable public subscript(_ key: StaticString) -> JSONValue? {
        var found: JSONValue?
        for member in members where member.key.equals(key) { found = member.value }
        return found
    }

    /// The member named `key`; the last one when the name is there more than once.
    public subscript(_ key: String) -> JSONValue? {
        var key = key
        return key.withUTF8 { wanted in
            var found: JSONValue?
            for member in members where member.key.value.equals(wanted) { found = member.value }
            return found
        }
    }
}
