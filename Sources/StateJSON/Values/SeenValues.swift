/// Tells which of many values were seen before: 8 bytes a slot and no copies, where a set of strings would cost an
/// allocation for each.
///
/// The caller hashes what makes its values equal, starting from ``seed``, and says whether two really are. Only the upper
/// half of a hash counts.
public struct SeenValues: Sendable {
    /// The start of every hash for a table, another in each process: whoever writes a file cannot aim at collisions.
    public static let seed: UInt64 = {
        var hasher = Hasher()
        hasher.combine(0)
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }()

    /// High half of the hash above, tape position plus one below; 0 is free.
    private var slots: [UInt64]
    private var shift: UInt64
    private var count = 0

    /// - Parameter expected: how many different values will come; more are accepted.
    public init(expecting expected: Int = 0) {
        var bits = 4
        while (1 << bits) < expected + expected / 2 { bits += 1 }
        slots = Array(repeating: 0, count: 1 << bits)
        shift = UInt64(64 - bits)
    }

    /// Notes a value unless an equal one was noted before, and returns that one's position.
    public mutating func note(_ position: UInt32, hash: UInt64, isEqual: (UInt32) -> Bool) -> UInt32? {
        if count &* 3 >= slots.count &* 2 { grow() }
        var slot = Int(truncatingIfNeeded: hash &>> shift)
        while slots[slot] != 0 {
            if slots[slot] &>> 32 == hash &>> 32 {
                let known = UInt32(truncatingIfNeeded: slots[slot]) &- 1
                if isEqual(known) { return known }
            }
            slot = (slot &+ 1) & (slots.count &- 1)
        }
        slots[slot] = (hash &>> 32) &<< 32 | UInt64(position &+ 1)
        count &+= 1
        return nil
    }

    /// The position of a value noted before.
    public func position(hash: UInt64, where isEqual: (UInt32) -> Bool) -> UInt32? {
        var slot = Int(truncatingIfNeeded: hash &>> shift)
        while slots[slot] != 0 {
            if slots[slot] &>> 32 == hash &>> 32 {
                let known = UInt32(truncatingIfNeeded: slots[slot]) &- 1
                if isEqual(known) { return known }
            }
            slot = (slot &+ 1) & (slots.count &- 1)
        }
        return nil
    }

    private mutating func grow() {
        var larger = SeenValues(expecting: slots.count)
        for entry in slots where entry != 0 {
            var slot = Int(truncatingIfNeeded: entry &>> larger.shift)
            while larger.slots[slot] != 0 { slot = (slot &+ 1) & (larger.slots.count &- 1) }
            larger.slots[slot] = entry
        }
        larger.count = count
        self = larger
    }
}
