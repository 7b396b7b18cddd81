extension JSONDocument {
    /// Members whose name an earlier member of the same object has already, in the order of the text. Parsers differ on
    /// which one they take; Go's, and so Terraform, takes the last.
    public var duplicateKeys: [JSONKey] {
        defer { withExtendedLifetime(tape) {} }
        var search = DuplicateSearch(tape: tape)
        var position = 0
        while position < tape.count {
            let word = tape.words[position], tag = TapeWord.tag(word)
            if tag == TapeWord.Tag.object { search.visit(position + 2, position + TapeWord.extent(word)) }
            position += tag >= TapeWord.Tag.array ? 2 : 1
        }
        return search.found.map { JSONKey(value: JSONValue(tape: tape, position: $0)) }
    }
}

/// Looks for repeated names, one object at a time. Every object of every version passes here (`samples/benchmarks` times
/// it as part of a snapshot), so that it reads words of the tape and makes no values.
private struct DuplicateSearch {
    let tape: Tape
    var found: [UInt32] = []
    /// Marks of the names of the object at hand; kept to be used again.
    private var marks: [UInt64] = []

    init(tape: Tape) { self.tape = tape }

    /// Searches the members that stand on the tape from `start` up to `end`.
    mutating func visit(_ start: Int, _ end: Int) {
        // Names that ascend cannot repeat; providers' attributes and tags are written so.
        if ascends(start, end) { return }
        marks.removeAll(keepingCapacity: true)
        var key = start
        while key < end {
            marks.append(mark(key))
            // Comparing marks pair by pair is cheaper than a set for as many names as Terraform's own objects have.
            if marks.count > 32 { return visitWide(start, end) }
            key = next(key)
        }
        key = start
        for index in marks.indices {
            for earlier in 0..<index where marks[earlier] == marks[index] && isRepeated(key, after: start) {
                found.append(UInt32(truncatingIfNeeded: key))
                break
            }
            key = next(key)
        }
    }

    private mutating func visitWide(_ start: Int, _ end: Int) {
        var seen: Set<String> = []
        var key = start
        while key < end {
            if !seen.insert(name(key).string).inserted { found.append(UInt32(truncatingIfNeeded: key)) }
            key = next(key)
        }
    }

    private func ascends(_ start: Int, _ end: Int) -> Bool {
        var previous = start
        guard start < end, isPlain(start) else { return false }
        var key = next(start)
        while key < end {
            guard isPlain(key), compare(previous, key) < 0 else { return false }
            previous = key
            key = next(key)
        }
        return true
    }

    private func isRepeated(_ key: Int, after start: Int) -> Bool {
        var other = start
        while other < key {
            if name(other).equals(name(key)) { return true }
            other = next(other)
        }
        return false
    }

    private func name(_ key: Int) -> JSONKey { JSONKey(value: JSONValue(tape: tape, position: UInt32(truncatingIfNeeded: key))) }

    private func next(_ key: Int) -> Int { key &+ 1 &+ TapeWord.span(tape.words[key &+ 1]) }

    private func isPlain(_ key: Int) -> Bool { TapeWord.tag(tape.words[key]) == TapeWord.Tag.plain }

    /// Equal for equal names, however they are spelled; rarely equal for others.
    private func mark(_ key: Int) -> UInt64 {
        guard isPlain(key) else { return name(key).hash() }
        let word = tape.words[key]
        return quickHash(UnsafeBufferPointer(start: tape.base + TapeWord.offset(word), count: TapeWord.extent(word)), seed: 0)
    }

    /// Order of two names without escapes by their bytes, eight at a time.
    private func compare(_ left: Int, _ right: Int) -> Int {
        let leftWord = tape.words[left], rightWord = tape.words[right]
        let a = UnsafeRawPointer(tape.base + TapeWord.offset(leftWord)), b = UnsafeRawPointer(tape.base + TapeWord.offset(rightWord))
        let leftCount = TapeWord.extent(leftWord), rightCount = TapeWord.extent(rightWord), shared = min(leftCount, rightCount)
        var done = 0
        while done &+ 8 <= shared {
            let x = a.loadUnaligned(fromByteOffset: done, as: UInt64.self), y = b.loadUnaligned(fromByteOffset: done, as: UInt64.self)
            if x != y { return x.bigEndian < y.bigEndian ? -1 : 1 }
            done &+= 8
        }
        while done < shared {
            let x = a.load(fromByteOffset: done, as: UInt8.self), y = b.load(fromByteOffset: done, as: UInt8.self)
            if x != y { return x < y ? -1 : 1 }
            done &+= 1
        }
        return leftCount - rightCount
    }
}
