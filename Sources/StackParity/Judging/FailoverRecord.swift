internal import StateJSON

/// A DNS record that needs a partner on the other side, although DNS is global.
enum FailoverRecord {
    static func isPrimary(_ instance: Side.Instance) -> Bool {
        guard let policy = instance.attributes?["failover_routing_policy"], policy.isArray else { return false }
        return policy.elements.contains { $0["type"]?.equals("PRIMARY") == true }
    }
}
