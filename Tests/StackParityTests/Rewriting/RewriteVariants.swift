/// The worlds into which the pairs of the corpus are rewritten.
enum RewriteVariants {
    struct Variant: Sendable {
        var name: String
        /// Nil results mean that the variant does not apply to a state that already holds both sides.
        var appliesToOneState = false
        var rewrite: @Sendable (inout RewrittenPair) throws -> Void
    }

    static let all: [Variant] = regions + names + layouts + oneState + keys

    private static let regions: [Variant] = [
        ("ap-southeast-2", "ap-southeast-4", "aws"), ("ca-central-1", "ca-west-1", "aws"), ("eu-south-1", "eu-central-1", "aws"), ("me-central-1", "il-central-1", "aws"), ("mx-central-1", "sa-east-1", "aws"),
        ("eu-west-1", "eu-west-2", "aws"), ("us-west-2", "us-east-1", "aws"), ("us-gov-west-1", "us-gov-east-1", "aws-us-gov"), ("cn-north-1", "cn-northwest-1", "aws-cn"),
        ("us-iso-east-1", "us-iso-west-1", "aws-iso"), ("eusc-de-east-1", "eu-central-1", "aws"),
    ].map { region, drRegion, partition in
        Variant(name: "\(region) and \(drRegion)", appliesToOneState: true) { $0.move(to: region, drRegion, partition: partition) }
    } + [
        Variant(name: "two accounts") { $0.account("998877665544") },
        Variant(name: "two accounts elsewhere") {
            $0.move(to: "ap-northeast-1", "ap-northeast-3")
            $0.account("998877665544")
        },
        Variant(name: "networks of other classes", appliesToOneState: true) { $0.networks("10.40.", "192.168.") },
        Variant(name: "one network twice", appliesToOneState: true) { $0.networks("10.7.", "10.7.") },
        Variant(name: "sides exchanged") { $0.isSwapped = true },
    ]

    private static let names: [Variant] = [
        ("acme-prod-use1", "acme-prod-usw2"), ("shop", "shop-dr"), ("shop", "dr-shop"), ("shop-us-east-1", "shop-us-west-2"), ("app-blue", "app-green"), ("orion", "vega"), ("prod-orion-core", "standby-vega-hub"),
        ("shop-main", "shop"), ("shop", "shop"), ("shop_prod", "shop_standby"), ("OrdersPrimary", "OrdersDr"), ("ordersuse1", "ordersusw2"), ("orders1", "orders2"), ("o-1", "o-2"), ("p", "s"),
        ("orders-3f9ac1", "orders-b80e27"),
    ].map { name, drName in Variant(name: "names \(name) and \(drName)") { $0.names(name, drName) } } + [
        Variant(name: "drawn suffixes") { $0.drawSuffixes() },
        Variant(name: "other providers", appliesToOneState: true) { try $0.addOtherProviders() },
        Variant(name: "resources dr_x") { try $0.rename(.dr) { "dr_\($0)" } },
        Variant(name: "resources x_standby") { try $0.rename(.dr) { "\($0)_standby" } },
        Variant(name: "resources primary_x and secondary_x") {
            try $0.rename(.primary) { "primary_\($0)" }
            try $0.rename(.dr) { "secondary_\($0)" }
        },
        Variant(name: "resources x_use1 and x_usw2") {
            try $0.rename(.primary) { "\($0)_use1" }
            try $0.rename(.dr) { "\($0)_usw2" }
        },
    ]

    private static let layouts: [Variant] = [
        (nil, "module.standby"), ("module.app", nil), ("module.primary", "module.dr"), ("module.orion", "module.vega"), ("module.a.module.stack", "module.b.module.stack"),
        ("module.stack[\"us-east-1\"]", "module.stack[\"us-west-2\"]"), ("module.region[\"primary\"]", "module.region[\"secondary\"]"), ("module.x", "module.x.module.y"),
    ].map { module, drModule in
        Variant(name: "modules \(module ?? "none") and \(drModule ?? "none")") { pair in
            if let module { try pair.wrap(.primary, in: module) }
            if let drModule { try pair.wrap(.dr, in: drModule) }
        }
    }

    private static func joined(_ name: String, modules: (String, String)? = nil, aliases: (String?, String?), rename: @escaping @Sendable (String) -> String = { $0 }) -> Variant {
        Variant(name: "one state, \(name)") { pair in
            if let modules {
                try pair.wrap(.primary, in: modules.0)
                try pair.wrap(.dr, in: modules.1)
            }
            try pair.rename(.dr, rename)
            if let alias = aliases.0 { try pair.alias(.primary, alias) }
            if let alias = aliases.1 { try pair.alias(.dr, alias) }
            try pair.join()
        }
    }

    private static let oneState: [Variant] = [
        joined("an alias and dr_x", aliases: (nil, "dr")) { "dr_\($0)" },
        joined("two aliases", aliases: ("east", "west")) { "\($0)_w" },
        joined("two modules", modules: ("module.primary", "module.dr"), aliases: (nil, nil)),
        joined("two modules and two aliases", modules: ("module.use1", "module.usw2"), aliases: ("use1", "usw2")),
        joined("a module for each region", modules: ("module.stack[\"us-east-1\"]", "module.stack[\"us-west-2\"]"), aliases: (nil, "west")),
        joined("names alone", aliases: (nil, nil)) { "\($0)_failover" },
    ]

    private static let keys: [Variant] = [
        Variant(name: "zones as keys") { pair in
            for side in [RewrittenPair.Side.primary, .dr] {
                try pair.rekey(side, "aws_subnet", ["private"]) { old, region, _ in "\(region)\(old ?? "")" }
                try pair.rekey(side, "aws_route_table_association", ["private"]) { old, region, _ in "\(region)\(old ?? "")" }
            }
        },
        Variant(name: "counted on the primary, zones as keys in DR") { pair in
            try pair.rekey(.dr, "aws_subnet", ["public"]) { $2["availability_zone"] }
            try pair.rekey(.dr, "aws_route_table_association", ["public"]) { old, region, _ in region + ["a", "b", "c"][old as? Int ?? 0] }
        },
        Variant(name: "counted on the primary, letters as keys in DR") { pair in
            try pair.rekey(.primary, "aws_subnet", ["private"]) { old, _, _ in ["a", "b", "c"].firstIndex(of: old as? String ?? "") }
            try pair.rekey(.primary, "aws_route_table_association", ["private"]) { old, _, _ in ["a", "b", "c"].firstIndex(of: old as? String ?? "") }
        },
        Variant(name: "names as keys") { pair in
            try pair.rekey(.primary, "aws_subnet", ["private"]) { old, _, _ in "orders-primary-\(old ?? "")" }
            try pair.rekey(.dr, "aws_subnet", ["private"]) { old, _, _ in "orders-dr-\(old ?? "")" }
        },
        Variant(name: "counted instances, keyed in DR") { pair in
            try pair.rekey(.dr, "aws_instance", ["web"]) { old, _, _ in "web-\(old ?? "")" }
            try pair.rekey(.dr, "aws_lb_target_group_attachment", ["web"]) { old, _, _ in "web-\(old ?? "")" }
        },
        Variant(name: "subnets in another order") { pair in
            try pair.reverse("aws_subnet", "public")
            try pair.reverse("aws_route_table_association", "public")
        },
        Variant(name: "instances in another order") { try $0.reverse("aws_instance", "web") },
        Variant(name: "instances and attachments in another order") { pair in
            try pair.reverse("aws_instance", "web")
            try pair.reverse("aws_lb_target_group_attachment", "web")
        },
        Variant(name: "everything at once") { pair in
            pair.move(to: "us-gov-west-1", "us-gov-east-1", partition: "aws-us-gov")
            pair.account("998877665544")
            pair.names("acme-prod", "acme-prod-dr")
            pair.networks("10.60.", "10.70.")
            try pair.addOtherProviders()
            try pair.wrap(.primary, in: "module.main")
            try pair.wrap(.dr, in: "module.standby")
        },
    ]
}
