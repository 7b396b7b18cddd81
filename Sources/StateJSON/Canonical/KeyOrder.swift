/// Order and equality of keys of one tape, by their decoded bytes.
enum KeyOrder {
    /// Negative, zero or positive.
    static func compare(_ tape: Tape, _ left: Int, _ right: Int) -> Int {
        let a = tape.words[left], b = tape.words[right]
        guard TapeWord.tag(a) == TapeWord.Tag.plain, TapeWord.tag(b) == TapeWord.Tag.plain else { return compareEscaped(tape, left, right) }
        return compareBytes(text(tape, a), text(tape, b))
    }

    static func isEqual(_ tape: Tape, _ left: Int, _ right: Int) -> Bool {
        let a = tape.words[left], b = tape.words[right]
        guard TapeWord.tag(a) == TapeWord.Tag.plain, TapeWord.tag(b) == TapeWord.Tag.plain else { return compareEscaped(tape, left, right) == 0 }
        return TapeWord.extent(a) == TapeWord.extent(b) && equalBytes(tape.base + TapeWord.offset(a), tape.base + TapeWord.offset(b), count: TapeWord.extent(a))
    }

    private static func text(_ tape: Tape, _ word: UInt64) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: tape.base + TapeWord.offset(word), count: TapeWord.extent(word))
    }

    private static func compareEscaped(_ tape: Tape, _ left: Int, _ right: Int) -> Int {
        let a = JSONValue(tape: tape, position: UInt32(left)), b = JSONValue(tape: tape, position: UInt32(right))
        return a.withDecodedBytes { x in b.withDecodedBytes { y in compareBytes(x, y) } }
    }
}
