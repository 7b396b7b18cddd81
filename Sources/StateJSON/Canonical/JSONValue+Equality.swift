extension JSONValue {
    /// Whether two values mean the same: member order, whitespace, escapes and the spelling of numbers do not count.
    /// Equal bytes are recognised at once; otherwise both are walked together, without using the thread's stack.
    public func isEqual(to other: JSONValue) -> Bool {
        if hasEqualBytes(as: other) { return true }
        var pending = [(self, other)]
        while let (left, right) = pending.popLast() {
            guard left.kind == right.kind else { return false }
            switch left.kind {
            case .null: continue
            case .bool: if left.tag != right.tag { return false }
            case .string: if !JSONKey(value: left).equals(JSONKey(value: right)) { return false }
            case .number: if !left.hasEqualBytes(as: right) && left.canonicalBytes != right.canonicalBytes { return false }
            case .array:
                guard left.count == right.count else { return false }
                for (a, b) in zip(left.elements, right.elements) where !a.hasEqualBytes(as: b) { pending.append((a, b)) }
            case .object:
                if left.hasSameKeySequence(as: right) {
                    for (a, b) in zip(left.members, right.members) where !a.value.hasEqualBytes(as: b.value) {
                        pending.append((a.value, b.value))
                    }
                } else if left.canonicalBytes != right.canonicalBytes {
                    return false
                }
            }
        }
        return true
    }

    /// Whether two values are written with the very same bytes. Implies ``isEqual(to:)``.
    @inlinable public func hasEqualBytes(as other: JSONValue) -> Bool {
        let left = rawRange
        let right = other.rawRange
        guard left.count == right.count else { return false }
        defer { withExtendedLifetime((tape, other.tape)) {} }
        return equalBytes(tape.base + left.lowerBound, other.tape.base + right.lowerBound, count: left.count)
    }

    /// True only without duplicate names: with them, "pairwise equal" would not mean "last ones equal".
    private func hasSameKeySequence(as other: JSONValue) -> Bool {
        guard count == other.count else { return false }
        var previous: JSONKey?
        for (left, right) in zip(members, other.members) {
            guard left.key.equals(right.key) else { return false }
            if let previous, KeyOrder.compare(tape, Int(previous.value.position), Int(left.key.value.position)) >= 0 { return false }
            previous = left.key
        }
        return true
    }
}
