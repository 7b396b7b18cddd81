extension JSONValue {
    /// An array's elements in order; empty for every other kind.
    @inlinable public var elements: Elements { Elements(value: self) }

    public struct Elements: Sequence, Sendable {
        @usableFromInline let value: JSONValue
        @inlinable init(value: JSONValue) { self.value = value }

        @inlinable public var underestimatedCount: Int { value.isArray ? value.count : 0 }

        @inlinable @inline(__always) public func makeIterator() -> Iterator {
            let word = value.word, at = Int(value.position)
            guard TapeWord.tag(word) == TapeWord.Tag.array else {
                let content = TapeWord.tag(word) == TapeWord.Tag.deferredArray ? value.tape.content(ofDeferred: at) : 0..<0
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

            @inlinable public mutating func next() -> JSONValue? {
                guard cursor < end else { return nil }
                let value = JSONValue(tape: tape, position: UInt32(truncatingIfNeeded: cursor))
                cursor &+= TapeWord.span(tape.words[cursor])
                return value
            }
        }
    }

    /// The element at `index`, found by walking; nil behind the end and for every other kind.
    public func element(at index: Int) -> JSONValue? {
        guard index >= 0 else { return nil }
        var remaining = index
        for element in elements {
            if remaining == 0 { return element }
            remaining -= 1
        }
        return nil
    }
}
