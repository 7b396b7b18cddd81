/// A learned mapping of values that must be one-to-one: regions, zones, account ids.
struct OneToOne<Value: Hashable & Sendable>: Sendable {
    private var votes: [Value: [Value: Int]] = [:]
    private(set) var forward: [Value: Value] = [:]
    private(set) var backward: [Value: Value] = [:]

    mutating func vote(_ primary: Value, _ dr: Value, _ count: Int = 1) {
        votes[primary, default: [:]][dr, default: 0] += count
    }

    /// From DR to the primary.
    var mirrored: OneToOne {
        var mirror = OneToOne()
        mirror.forward = backward
        mirror.backward = forward
        return mirror
    }

    func support(_ primary: Value, _ dr: Value) -> Int { votes[primary]?[dr] ?? 0 }

    /// Pairs values, the most often seen first; a value of either side is used once.
    mutating func settle(order: (Value, Value) -> Bool) {
        forward = [:]
        backward = [:]
        var all: [(primary: Value, dr: Value, count: Int)] = []
        for (primary, images) in votes {
            for (dr, count) in images { all.append((primary, dr, count)) }
        }
        all.sort { left, right in
            if left.count != right.count { return left.count > right.count }
            if left.primary != right.primary { return order(left.primary, right.primary) }
            return order(left.dr, right.dr)
        }
        for pair in all where forward[pair.primary] == nil && backward[pair.dr] == nil {
            forward[pair.primary] = pair.dr
            backward[pair.dr] = pair.primary
        }
    }
}
