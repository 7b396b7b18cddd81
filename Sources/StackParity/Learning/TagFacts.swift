/// Tag replacements that many objects share: one fact, not one finding per object.
struct TagFacts {
    struct Change: Hashable {
        var key: Symbol
        /// `.none` when the side has no such tag.
        var primary: Symbol
        var dr: Symbol
    }
    private struct Seen {
        var count = 0
        var types: Set<Int32> = []
    }
    private var changes: [Change: Seen] = [:]
    private var holders: [UInt64: Int] = [:]
    private(set) var facts: [Change: Int] = [:]

    private static func key(_ key: Symbol, _ value: Symbol) -> UInt64 {
        UInt64(UInt32(bitPattern: key)) << 32 | UInt64(UInt32(bitPattern: value))
    }

    /// One object of `type` with this tag on at least one side.
    mutating func observe(_ change: Change, type: Int32) {
        holders[Self.key(change.key, change.primary), default: 0] += 1
        guard change.primary != change.dr else { return }
        changes[change, default: Seen()].count += 1
        if (changes[change]?.types.count ?? 0) < 8 { changes[change]?.types.insert(type) }
    }

    /// Keeps what at least three types and four objects show, and nine in ten of those that carry the primary's value.
    mutating func settle() {
        for (change, seen) in changes where seen.types.count >= 3 && seen.count >= 4 {
            let all = holders[Self.key(change.key, change.primary)] ?? 0
            if seen.count * 10 >= all * 8 { facts[change] = seen.count }
        }
    }

    func isFact(_ change: Change) -> Bool { facts[change] != nil }
}
