/// An object's members by name, the last of several equal names alone: what Terraform sees of it.
///
/// Looking up every member of one object in another costs the square of their number with `JSONValue`'s subscript,
/// and the sum with this.
public struct MemberIndex: Sendable {
    private let tape: Tape
    /// Positions of the keys that count, in the order of the text.
    private var keys: [UInt32] = []
    /// The same by hash; nil when there are so few that looking at all is cheaper.
    private var wide: SeenValues?

    private static let few = 12

    /// - Parameter object: for any other kind of value the index is empty.
    public init(_ object: JSONValue) {
        tape = object.tape
        guard object.count > 0, object.isObject else { return }
        keys.reserveCapacity(object.count)
        for member in object.members { keys.append(member.key.value.position) }
        if keys.count > Self.few { wide = SeenValues(expecting: keys.count) }
        // From the end, so that the last of equal names is the one that is noted.
        var kept = keys.count
        for index in keys.indices.reversed() where !note(keys[index], among: keys[kept...]) {
            kept -= 1
            keys[kept] = keys[index]
        }
        keys.removeFirst(kept)
    }

    /// Whether an equal name was noted before; notes this one if not.
    private mutating func note(_ key: UInt32, among later: ArraySlice<UInt32>) -> Bool {
        guard wide != nil else { return later.contains { KeyOrder.isEqual(tape, Int($0), Int(key)) } }
        let hash = value(key).contentHash(seed: SeenValues.seed)
        return wide?.note(key, hash: hash) { [tape] in KeyOrder.isEqual(tape, Int($0), Int(key)) } != nil
    }

    public var count: Int { keys.count }

    /// The members in the order of the text.
    public var members: some Sequence<(key: JSONKey, value: JSONValue)> {
        keys.lazy.map { (JSONKey(value: value($0)), value($0 + 1)) }
    }

    /// The member with the name of `key`, which may be of another document.
    public subscript(_ key: JSONKey) -> JSONValue? {
        if let wide {
            let found = wide.position(hash: key.value.contentHash(seed: SeenValues.seed)) { JSONKey(value: value($0)).equals(key) }
            return found.map { value($0 + 1) }
        }
        return keys.first { JSONKey(value: value($0)).equals(key) }.map { value($0 + 1) }
    }

    private func value(_ position: UInt32) -> JSONValue { JSONValue(tape: tape, position: position) }
}
