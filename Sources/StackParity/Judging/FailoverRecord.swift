internal import StateJSON

/// A DNS record that needs a partner on the other side, although DNS is global.
enum FailoverRecord {
    static func isPrimary(_ instance: Side.Instance) -> Bool {
        guard let policy = instance.attributes?["failover_routing_policy"], policy.isArray else { return false }
        return policy.elements.contains { $0["type"]?.equals("PRIMARY") == true }
    }
}

extension FailoverRecord {
    /// The role of both records when they claim the same one for one name of one zone: only one of them can answer.
    static func sharedRole(_ left: JSONValue, _ right: JSONValue) -> String? {
        // A record is not its own rival: those of one name are told apart by their identifiers.
        if Comparator.sameText(left["set_identifier"], right["set_identifier"]) { return nil }
        for name: StaticString in ["zone_id", "name"] {
            guard let mine = left[name], let other = right[name], mine.isString, Comparator.sameText(mine, other) else { return nil }
        }
        guard let policy = left["failover_routing_policy"], let other = right["failover_routing_policy"], policy.isArray, other.isArray, let mine = policy.elements.first(where: { $0.isObject }), let theirs = other.elements.first(where: { $0.isObject }) else { return nil }
        guard let role = mine["type"], role.isString else { return nil }
        return Comparator.sameText(role, theirs["type"]) ? role.string : nil
    }
}
