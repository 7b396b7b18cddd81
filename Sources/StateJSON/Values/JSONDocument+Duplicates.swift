extension JSONDocument {
    /// Members whose name an earlier member of the same object has already, in the order of the text. Parsers differ on
    /// which one they take; Go's, and so Terraform, takes the last.
    public var duplicateKeys: [JSONKey] {
        // Everything is looked at, so everything is needed: a parse of its own is the shortest way there.
        if tape.hasDeferred { return (try? JSONDocument(parsing: bytes, limits: JSONLimits(depth: .max, bytes: .max)))?.duplicateKeys ?? [] }
        var found: [JSONKey] = []
        var position = 0
        while position < tape.count {
            let word = tape.words[position]
            if TapeWord.tag(word) == TapeWord.Tag.object { collectDuplicates(in: position, into: &found) }
            position += TapeWord.tag(word) >= TapeWord.Tag.array ? 2 : 1
        }
        return found
    }

    private func collectDuplicates(in object: Int, into found: inout [JSONKey]) {
        // Names that ascend cannot repeat; that is the ordinary case and costs nothing but the comparison.
        let end = object + TapeWord.extent(tape.words[object])
        var key = object + 2, next = behindMember(key)
        while next < end {
            if KeyOrder.compare(tape, key, next) >= 0 { break }
            (key, next) = (next, behindMember(next))
        }
        if next >= end { return }
        let count = value(object).count
        if count <= 24 { collectPairwise(in: object + 2, end, into: &found) } else { collectByHash(in: object + 2, end, count, into: &found) }
    }

    private func behindMember(_ key: Int) -> Int { key + 1 + TapeWord.span(tape.words[key + 1]) }

    /// For small objects comparing each pair is cheaper than a table; a length that differs settles most pairs.
    private func collectPairwise(in first: Int, _ end: Int, into found: inout [JSONKey]) {
        var key = first
        while key < end {
            var earlier = first
            while earlier < key {
                if KeyOrder.isEqual(tape, earlier, key) {
                    found.append(JSONKey(value: value(key)))
                    break
                }
                earlier = behindMember(earlier)
            }
            key = behindMember(key)
        }
    }

    private func collectByHash(in first: Int, _ end: Int, _ count: Int, into found: inout [JSONKey]) {
        var seen = SeenValues(expecting: count)
        var key = first
        while key < end {
            let hash = value(key).contentHash(seed: SeenValues.seed)
            let earlier = seen.note(UInt32(key), hash: hash) { KeyOrder.isEqual(tape, Int($0), key) }
            if earlier != nil { found.append(JSONKey(value: value(key))) }
            key = behindMember(key)
        }
    }

    private func value(_ position: Int) -> JSONValue { JSONValue(tape: tape, position: UInt32(truncatingIfNeeded: position)) }
}
