extension JSONValue {
    /// An object's members in the order of the text, duplicates included; empty for every other kind.
    @inlinable public var members: Members { Members(value: self) }

    public struct Members: Sequence, Sendable {
        @usableFromInline let value: JSONValue
        @inlinable init(value: JSONValue) { self.value = value }

        @inlinable public var underestimatedCount: Int { value.isObject ? value.count : 0 }

        @inlinable @inline(__always) public func makeIterator() -> Iterator {
            let word = value.word, at = Int(value.position)
            guard TapeWord.tag(word) == TapeWord.Tag.object else {
                let content = TapeWord.tag(word) == TapeWord.Tag.deferredObject ? value.tape.content(ofDeferred: at) : 0..<0
                return Iterator(tape: value.tape, next: content.lowerBound, end: content.upperBound)
            }
            return Iterator(tape: value.tape, next: at &+ 2, end: at &+ TapeWord.extent(word))
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
