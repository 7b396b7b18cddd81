internal import Findings

/// What a difference does to a failover.
enum Effect: String {
    case dataLoss = "data-loss"
    case capacity, reachability, security, cosmetic, other

    var severity: Severity {
        switch self {
        case .dataLoss: .high
        case .capacity: .medium
        case .reachability: .high
        case .security: .high
        case .cosmetic: .low
        case .other: .medium
        }
    }

    var consequence: String {
        switch self {
        case .dataLoss: "data could be lost or not be restorable"
        case .capacity: "DR may not carry the load"
        case .reachability: "traffic may not get through"
        case .security: "DR is protected differently"
        case .cosmetic: "annotation only"
        case .other: "DR would behave differently"
        }
    }

    /// Judged by the words of the attribute's path, then by the type.
    static func of(_ attribute: String, type: String) -> Effect {
        var path = attribute.lowercased()
        let top = path.prefix { $0 != "." && $0 != "[" }
        if top == "tags" || top == "tags_all" || top == "labels" || top == "tag" || GenericKnowledge.proseNames.contains(String(top)) { return .cosmetic }
        if TypeKnowledge.isLocal(String(top)) { return .cosmetic }
        let told = path.withUTF8 { path in table.first { $0.words.contains { path.contains($0) } } }
        if let told { return told.effect }
        var type = type
        let meant = type.withUTF8 { type in types.first { $0.words.contains { type.contains($0) } } }
        if let meant { return meant.effect }
        return .other
    }

    /// For attributes whose path says nothing.
    private static let types: [(words: [StaticString], effect: Effect)] = [
        (["security_group", "iam_", "kms_", "waf"], .security),
        (["route", "subnet", "vpc", "_lb", "listener", "dns"], .reachability),
        (["backup"], .dataLoss),
    ]

    private static let table: [(words: [StaticString], effect: Effect)] = [
        (["backup_retention", "multi_az", "point_in_time", "versioning_configuration", "snapshot_retention", "deletion_protection", "copy_action", "delete_after", "schedule", "object_lock",
          "retention_in_days", "retention_period", "automatic_failover", "noncurrent", "replica"], .dataLoss),
        (["instance_type", "instance_class", "node_type", "min_size", "max_size", "desired_", "allocated_storage", "max_allocated", "iops", "throughput", "memory", "volume_size",
          "capacity", "num_", "number_of", "node_count", "replicas", "concurrency", "shard", "cpu", "min_capacity", "max_capacity", "storage_size", "instance_count"], .capacity),
        (["policy", "encrypt", "kms", "public", "ingress", "egress", "security_group", "ssl", "tls", "rotation", "http_tokens", "acl", "permission", "iam", "principal", "cidr_ipv4", "auth"], .security),
        (["cidr", "route", "subnet", "gateway", "port", "protocol", "listener", "target", "health_check", "dns", "zone", "alias", "vpc", "nat", "peer", "endpoint", "hostname", "record"], .reachability),
    ]
}
