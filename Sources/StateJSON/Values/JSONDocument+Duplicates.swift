extension JSONDocument {
    /// Members whose name an earlier member of the same object has already, in the order of the text. Parsers differ on
    /// which one they take; Go's, and so Terraform, takes the last.
    public var duplicateKeys: [JSONKey] {
        var found: [JSONKey] = []
        var position = 0
        while position < tape.count {
            let word = tape.words[position]
            if TapeWord.tag(word) == TapeWord.Tag.object { collectDuplicates(in: root(at: position), into: &found) }
            position += TapeWord.tag(word) >= TapeWord.Tag.array ? 2 : 1
        }
        return found
    }

    private func root(at position: Int) -> JSONValue { JSONValue(tape: tape, position: UInt32(truncatingIfNeeded: position)) }

    private func collectDuplicates(in object: JSONValue, into found: inout [JSONKey]) {
        // Names that ascend cannot repeat; that is the ordinary case and costs nothing but the comparison.
        var previous: JSONKey?, ascending = true
        for member in object.members {
            if let previous, KeyOrder.compare(tape, Int(previous.value.position), Int(member.key.value.position)) >= 0 {
                ascending = false
                break
            }
            previous = member.key
        }
        if ascending { return }
        if object.count <= 24 { return collectPairwise(in: object, into: &found) }
        var seen: Set<String> = []
        for member in object.members where !seen.insert(member.key.string).inserted { found.append(member.key) }
    }

    /// For small objects comparing each pair is cheaper than a set, and allocates nothing.
    private func collectPairwise(in object: JSONValue, into found: inout [JSONKey]) {
        var index = 0
        for member in object.members {
            var earlier = 0
            for other in object.members {
                if earlier == index { break }
                if other.key.equals(member.key) {
                    found.append(member.key)
                    break
                }
                earlier += 1
            }
            index += 1
        }
    }
}
