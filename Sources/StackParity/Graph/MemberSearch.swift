internal import StateJSON

/// Finds the members of one object by the keys of another, asked for in the other's order: Terraform writes both in the
/// same order, so that the next one is nearly always the one.
struct MemberSearch {
    private let object: JSONValue
    private var upcoming: JSONValue.Members.Iterator
    private var candidate: (key: JSONKey, value: JSONValue)?
    /// Made when a large object turns out to be in another order.
    private var byName: MemberIndex?
    /// Members up to which looking at all of them is cheap.
    private static let few = 24

    init(_ object: JSONValue) {
        self.object = object
        upcoming = object.members.makeIterator()
        candidate = upcoming.next()
    }

    /// The member named like `key`; of several of that name, the last.
    mutating func next(_ key: JSONKey) -> JSONValue? {
        if let found = candidate, found.key.equals(key) {
            candidate = upcoming.next()
            // Names may repeat; the last counts.
            if let repeated = candidate, repeated.key.equals(key) { return look(for: key) }
            return found.value
        }
        return look(for: key)
    }

    /// Whether every member was asked for, in the object's own order.
    var isAtEnd: Bool { candidate == nil }

    private mutating func look(for key: JSONKey) -> JSONValue? {
        if object.count > Self.few {
            let index = byName ?? MemberIndex(object)
            byName = index
            return index[key]
        }
        return object.member(key)
    }
}

extension JSONValue {
    /// The member named like `key`, which may be of another document; of several of that name, the last.
    func member(_ key: JSONKey) -> JSONValue? {
        var found: JSONValue?
        for member in members where member.key.equals(key) { found = member.value }
        return found
    }
}
