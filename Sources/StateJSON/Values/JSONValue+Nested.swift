extension JSONValue {
    /// This value and every one inside it, a container before its content. Takes any nesting without using the thread's
    /// stack: whoever walks states of unknown origin walks them with this.
    public var nested: Nested { Nested(value: self) }

    public struct Nested: Sequence, Sendable {
        let value: JSONValue

        public func makeIterator() -> Iterator { Iterator(value) }

        public struct Iterator: IteratorProtocol {
            private struct Container {
                let end: Int
                let isObject: Bool
                /// Key that its elements are known by; 0, where only the root can stand, for none.
                let name: Int
                /// Where the walk goes on behind deferred content; 0 where that follows anyway.
                var resume = 0
            }

            private let tape: Tape
            private var cursor: Int
            private var isAtRoot = true
            private var open: [Container] = []

            init(_ root: JSONValue) {
                tape = root.tape
                cursor = Int(root.position)
            }

            /// The next value, with the name of the member that it is, or is an element of at any depth of arrays.
            public mutating func next() -> (name: JSONKey?, value: JSONValue)? {
                var name = 0
                if isAtRoot {
                    isAtRoot = false
                } else {
                    while let innermost = open.last, cursor >= innermost.end {
                        open.removeLast()
                        if innermost.resume != 0 { cursor = innermost.resume }
                    }
                    guard let innermost = open.last else { return nil }
                    name = innermost.isObject ? cursor : innermost.name
                    if innermost.isObject { cursor += 1 }
                }
                let word = tape.words[cursor], tag = TapeWord.tag(word), value = self.value(cursor)
                if tag >= TapeWord.Tag.deferredArray {
                    let content = tape.content(ofDeferred: cursor)
                    open.append(Container(end: content.upperBound, isObject: tag == TapeWord.Tag.deferredObject, name: name, resume: cursor + TapeWord.extent(word)))
                    cursor = content.lowerBound
                } else if tag >= TapeWord.Tag.array {
                    open.append(Container(end: cursor + TapeWord.extent(word), isObject: tag == TapeWord.Tag.object, name: name))
                    cursor += 2
                } else {
                    cursor += 1
                }
                return (name == 0 ? nil : JSONKey(value: self.value(name)), value)
            }

            private func value(_ position: Int) -> JSONValue { JSONValue(tape: tape, position: UInt32(truncatingIfNeeded: position)) }
        }
    }
}
