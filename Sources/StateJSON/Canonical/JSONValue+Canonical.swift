extension JSONValue {
    /// Appends the canonical text of this value: object members sorted by the bytes of their decoded names, the last of
    /// several equal names alone; no whitespace; one spelling for each string and each number (1.0 is 1).
    ///
    /// Two values have the same canonical text exactly when they mean the same. Nesting does not use the thread's stack.
    public func appendCanonical(to out: inout [UInt8]) {
        var writer = CanonicalWriter(tape: tape)
        writer.write(self, to: &out)
    }

    /// The canonical text by itself.
    public var canonicalBytes: [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(rawRange.count)
        appendCanonical(to: &out)
        return out
    }
}

/// Writes canonical text with a stack of its own.
private struct CanonicalWriter: ~Copyable {
    /// A container that is being written.
    struct Frame {
        /// Where the next element or, in an object whose names are in order already, the next member stands.
        var next: Int
        let end: Int
        /// Sorted key positions, when the object was not in order.
        var sorted: ArraySlice<UInt32>?
        let isObject: Bool
        var isFirst = true
    }

    let tape: Tape
    var frames: [Frame] = []

    init(tape: Tape) { self.tape = tape }

    mutating func write(_ root: JSONValue, to out: inout [UInt8]) {
        begin(Int(root.position), to: &out)
        while let top = frames.indices.last {
            guard let value = advance(top, to: &out) else {
                out.append(frames[top].isObject ? UInt8(ascii: "}") : UInt8(ascii: "]"))
                frames.removeLast()
                continue
            }
            begin(value, to: &out)
        }
    }

    /// Position of the next value of the innermost container, its separator and key written; nil at its end.
    private mutating func advance(_ top: Int, to out: inout [UInt8]) -> Int? {
        let key: Int?, value: Int
        if let position = frames[top].sorted?.popFirst() {
            (key, value) = (Int(position), Int(position) + 1)
        } else {
            guard frames[top].sorted == nil, frames[top].next < frames[top].end else { return nil }
            key = frames[top].isObject ? frames[top].next : nil
            value = key.map { $0 + 1 } ?? frames[top].next
            frames[top].next = value + TapeWord.span(tape.words[value])
        }
        if !frames[top].isFirst { out.append(UInt8(ascii: ",")) }
        frames[top].isFirst = false
        if let key {
            scalar(key, to: &out)
            out.append(UInt8(ascii: ":"))
        }
        return value
    }

    /// Writes a scalar, or opens a container.
    private mutating func begin(_ position: Int, to out: inout [UInt8]) {
        let word = tape.words[position]
        switch TapeWord.tag(word) {
        case TapeWord.Tag.array:
            out.append(UInt8(ascii: "["))
            frames.append(Frame(next: position + 2, end: position + TapeWord.extent(word), isObject: false))
        case TapeWord.Tag.object:
            out.append(UInt8(ascii: "{"))
            let end = position + TapeWord.extent(word)
            frames.append(Frame(next: position + 2, end: end, sorted: orderIfNeeded(position + 2, end), isObject: true))
        case TapeWord.Tag.deferredArray, TapeWord.Tag.deferredObject:
            begin(tape.content(ofDeferred: position).lowerBound - 2, to: &out)
        case TapeWord.Tag.emptyArray: out.append(contentsOf: "[]".utf8)
        case TapeWord.Tag.emptyObject: out.append(contentsOf: "{}".utf8)
        default: scalar(position, to: &out)
        }
    }

    private func scalar(_ position: Int, to out: inout [UInt8]) {
        let value = JSONValue(tape: tape, position: UInt32(position))
        switch value.tag {
        case TapeWord.Tag.plain:
            // No escapes, so nothing in it needs one.
            value.withRawBytes { out.append(contentsOf: $0) }
        case TapeWord.Tag.escaped:
            appendCanonicalString(value.decodedStringBytes(), to: &out)
        case TapeWord.Tag.integer:
            value.withRawBytes { text in
                if text.count <= 20 && !(text.count == 2 && text[0] == UInt8(ascii: "-") && text[1] == UInt8(ascii: "0")) {
                    out.append(contentsOf: text)
                } else {
                    appendCanonicalNumber(text, to: &out)
                }
            }
        case TapeWord.Tag.decimal:
            value.withRawBytes { appendCanonicalNumber($0, to: &out) }
        default:
            value.withRawBytes { out.append(contentsOf: $0) }
        }
    }

    /// Nil when the names strictly ascend already, as they do in what Terraform writes for attributes.
    private func orderIfNeeded(_ start: Int, _ end: Int) -> ArraySlice<UInt32>? {
        var keys = start, previous: Int?
        while keys < end {
            if let previous, KeyOrder.compare(tape, previous, keys) >= 0 { return order(start, end) }
            previous = keys
            keys += 1 + TapeWord.span(tape.words[keys + 1])
        }
        return nil
    }

    private func order(_ start: Int, _ end: Int) -> ArraySlice<UInt32> {
        var positions: [UInt32] = []
        var at = start
        while at < end {
            positions.append(UInt32(at))
            at += 1 + TapeWord.span(tape.words[at + 1])
        }
        positions.sort { left, right in
            let order = KeyOrder.compare(tape, Int(left), Int(right))
            return order == 0 ? left < right : order < 0
        }
        var kept: [UInt32] = []
        kept.reserveCapacity(positions.count)
        for position in positions {
            // Of equal names the last in the text stays.
            if let last = kept.last, KeyOrder.compare(tape, Int(last), Int(position)) == 0 { kept.removeLast() }
            kept.append(position)
        }
        return kept[...]
    }
}
