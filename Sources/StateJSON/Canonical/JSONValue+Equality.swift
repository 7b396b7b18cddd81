extension JSONValue {
    /// Whether two values mean the same: member order, whitespace, escapes and the spelling of numbers do not count.
    /// Equal bytes are recognised at once; otherwise both are walked together, each part once, without using the thread's
    /// stack.
    public func isEqual(to other: JSONValue) -> Bool {
        if hasEqualBytes(as: other) { return true }
        guard isEqualAlone(to: other) else { return false }
        var pending = isScalar ? [] : [(self, other)]
        while let (left, right) = pending.popLast() {
            if left.isArray {
                for (a, b) in zip(left.elements, right.elements) where !Self.compare(a, b, &pending) { return false }
            } else if left.hasSameKeySequence(as: right) {
                for (a, b) in zip(left.members, right.members) where !Self.compare(a.value, b.value, &pending) { return false }
            } else if left.canonicalBytes != right.canonicalBytes {
                return false
            }
        }
        return true
    }

    /// False when the two differ by themselves; containers, whose content is still to be compared, go to `pending`.
    private static func compare(_ left: JSONValue, _ right: JSONValue, _ pending: inout [(JSONValue, JSONValue)]) -> Bool {
        guard left.isEqualAlone(to: right) else { return false }
        if !left.isScalar { pending.append((left, right)) }
        return true
    }

    /// Equality of scalars; of containers only that they can be equal.
    private func isEqualAlone(to other: JSONValue) -> Bool {
        guard kind == other.kind else { return false }
        switch kind {
        case .null: return true
        case .bool: return tag == other.tag
        case .string: return JSONKey(value: self).equals(JSONKey(value: other))
        case .number: return hasEqualBytes(as: other) || canonicalBytes == other.canonicalBytes
        case .array: return count == other.count
        case .object: return true
        }
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
