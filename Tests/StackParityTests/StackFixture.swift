import Foundation
import StackParity
import StateJSON
import TerraformState

/// A small stack of our own making, in any region, under any name: what the tests compare when no corpus is at hand.
struct StackFixture {
    typealias Object = [String: Any]

    var region = "eu-west-1"
    var zones = ["a", "b"]
    var name = "acme-prod-dub"
    var account = "111122223333"
    var network = "10.20"
    var environment = "production"
    /// Makes all drawn-by-lot ids of this side its own.
    var salt = "p"
    var module: String?
    var alias: String?
    var namePrefix = ""
    /// The VPC of the other side, for peering routes.
    var peerNetwork = "10.30"

    /// The other side of the default fixture.
    static let standby: StackFixture = {
        var fixture = StackFixture()
        fixture.region = "eu-central-1"
        fixture.zones = ["a", "c"]
        fixture.name = "acme-prod-fra"
        fixture.account = "444455556666"
        fixture.network = "10.30"
        fixture.environment = "disaster-recovery"
        fixture.salt = "d"
        fixture.peerNetwork = "10.20"
        return fixture
    }()

    func id(_ prefix: String, _ what: String) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in "\(salt)/\(prefix)/\(what)".utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        hash = (hash ^ (hash >> 29)) &* 0x94D0_49BB_1331_11EB
        let text = String(hash, radix: 16)
        return "\(prefix)-0" + String(repeating: "a", count: 16 - text.count) + text
    }

    func arn(_ service: String, _ rest: String, isGlobal: Bool = false) -> String { "arn:aws:\(service):\(isGlobal ? "" : region):\(account):\(rest)" }

    struct Entry {
        var type: String
        var name: String
        var key: Any?
        var attributes: Object
        var dependencies: [String] = []
        var provider = "registry.terraform.io/hashicorp/aws"
        var isData = false
        var sensitive: [String] = []
    }

    func tags(_ suffix: String) -> Object { ["Name": "\(name)-\(suffix)", "Environment": environment, "Owner": "platform"] }

    /// The instances of the stack, in step with any other fixture's.
    var entries: [Entry] {
        let vpc = id("vpc", "main"), web = id("sg", "web"), data = id("sg", "data"), key = arn("kms", "key/\(id("k", "1"))-4a00-463a-8fc6-da0587d45f96")
        var list: [Entry] = []
        func add(_ type: String, _ resource: String, key: Any? = nil, _ attributes: Object, needs: [String] = [], sensitive: [String] = []) {
            list.append(Entry(type: type, name: resource, key: key, attributes: attributes, dependencies: needs, sensitive: sensitive))
        }
        add("aws_vpc", "main", ["id": vpc, "arn": arn("ec2", "vpc/\(vpc)"), "cidr_block": "\(network).0.0/16", "tags": tags("vpc"), "tags_all": tags("vpc")])
        for (index, zone) in zones.enumerated() {
            let subnet = id("subnet", "\(index)")
            add("aws_subnet", "private", key: region + zone, ["id": subnet, "arn": arn("ec2", "subnet/\(subnet)"), "vpc_id": vpc, "cidr_block": "\(network).\(index).0/24", "availability_zone": region + zone, "tags": tags("private-\(zone)"), "tags_all": tags("private-\(zone)")], needs: ["aws_vpc.main"])
        }
        add("aws_security_group", "web", ["id": web, "arn": arn("ec2", "security-group/\(web)"), "name": "\(name)-web", "vpc_id": vpc, "description": "\(environment) web tier", "tags": tags("web"), "tags_all": tags("web"), "ingress": [Object](), "egress": [Object]()], needs: ["aws_vpc.main"])
        add("aws_security_group", "data", ["id": data, "arn": arn("ec2", "security-group/\(data)"), "name": "\(name)-data", "vpc_id": vpc, "tags": tags("data"), "tags_all": tags("data"),
            "ingress": [["from_port": 5432, "to_port": 5432, "protocol": "tcp", "security_groups": [web], "cidr_blocks": ["\(network).0.0/24"], "description": ""] as Object,
                        ["from_port": 22, "to_port": 22, "protocol": "tcp", "security_groups": [String](), "cidr_blocks": ["192.0.2.0/24"], "description": "office"] as Object]], needs: ["aws_vpc.main", "aws_security_group.web"])
        add("aws_route", "peer", ["id": "r-\(id("rtb", "1"))", "route_table_id": id("rtb", "main"), "destination_cidr_block": "\(peerNetwork).0.0/16"])
        add("aws_route_table", "private", ["id": id("rtb", "main"), "arn": arn("ec2", "route-table/\(id("rtb", "main"))"), "vpc_id": vpc, "tags": tags("private"), "tags_all": tags("private")], needs: ["aws_vpc.main"])
        add("aws_kms_key", "data", ["id": String(key.suffix(40)), "arn": key, "key_id": String(key.suffix(40)), "enable_key_rotation": true, "description": "\(name) data"])
        add("aws_kms_alias", "data", key: "alias/\(name)-data", ["id": "alias/\(name)-data", "arn": arn("kms", "alias/\(name)-data"), "name": "alias/\(name)-data", "target_key_id": String(key.suffix(40))], needs: ["aws_kms_key.data"])
        add("aws_iam_role", "web", ["id": "\(name)-web", "arn": arn("iam", "role/\(name)-web", isGlobal: true), "name": "\(name)-web", "unique_id": id("AROA", "web")])
        add("aws_iam_instance_profile", "web", ["id": "\(name)-web", "arn": arn("iam", "instance-profile/\(name)-web", isGlobal: true), "name": "\(name)-web", "role": "\(name)-web"], needs: ["aws_iam_role.web"])
        add("aws_iam_role_policy", "web", ["id": "\(name)-web:secrets", "name": "secrets", "role": "\(name)-web",
            "policy": #"{"Statement":[{"Action":["secretsmanager:GetSecretValue"],"Effect":"Allow","Resource":"arn:aws:secretsmanager:*:*:secret:\#(name)/*"},{"Action":"kms:Decrypt","Effect":"Allow","Resource":["\#(key)"]}],"Version":"2012-10-17"}"#], needs: ["aws_iam_role.web"])
        for index in 0..<2 {
            let instance = id("i", "\(index)")
            add("aws_instance", "web", key: index, ["id": instance, "arn": arn("ec2", "instance/\(instance)"), "instance_type": "m5.large", "subnet_id": id("subnet", "\(index)"), "vpc_security_group_ids": [web], "private_ip": "\(network).\(index).\(salt == "p" ? 17 : 44)",
                "iam_instance_profile": "\(name)-web", "availability_zone": region + zones[index], "tags": tags("web-\(index)"), "tags_all": tags("web-\(index)"), "monitoring": false], needs: ["aws_iam_instance_profile.web", "aws_security_group.web", "aws_subnet.private"])
        }
        add("aws_launch_template", "web", ["id": id("lt", "web"), "arn": arn("ec2", "launch-template/\(id("lt", "web"))"), "name": "\(name)-web-2026112214202000\(salt == "p" ? 11 : 92)", "name_prefix": "\(name)-web-", "latest_version": salt == "p" ? 3 : 1, "default_version": 1, "instance_type": "m5.large",
            "user_data": Data("#!/bin/sh\nregion=\(region) table=\(name)-orders\n".utf8).base64EncodedString()])
        add("aws_lb", "web", ["id": arn("elasticloadbalancing", "loadbalancer/app/\(name)-web/\(id("x", "lb").suffix(16))"), "arn": arn("elasticloadbalancing", "loadbalancer/app/\(name)-web/\(id("x", "lb").suffix(16))"), "name": "\(name)-web",
            "dns_name": "\(name)-web-17223\(salt == "p" ? 1 : 7)0180.\(region).elb.amazonaws.com", "subnets": zones.indices.map { id("subnet", "\($0)") }, "security_groups": [web], "idle_timeout": 60], needs: ["aws_subnet.private"])
        add("aws_db_instance", "main", ["id": "db-\(id("X", "db"))", "arn": arn("rds", "db:\(name)-db"), "identifier": "\(name)-db", "instance_class": "db.m5.large", "multi_az": true, "backup_retention_period": 14, "engine_version": "15.4", "password": "secret-of-\(salt)",
            "address": "\(name)-db.c2602\(salt)930f2.\(region).rds.amazonaws.com", "kms_key_id": key, "vpc_security_group_ids": [data], "maintenance_window": salt == "p" ? "sun:05:13-sun:05:43" : "tue:08:41-tue:09:11", "deletion_protection": true], needs: ["aws_kms_key.data", "aws_security_group.data"], sensitive: ["password"])
        add("aws_sns_topic", "ops", ["id": arn("sns", "\(name)-ops"), "arn": arn("sns", "\(name)-ops"), "name": "\(name)-ops"])
        add("aws_cloudwatch_metric_alarm", "cpu", ["id": "\(name)-cpu", "arn": arn("cloudwatch", "alarm:\(name)-cpu"), "alarm_name": "\(name)-cpu", "threshold": 80, "alarm_actions": [arn("sns", "\(name)-ops")], "dimensions": ["DBInstanceIdentifier": "\(name)-db"]], needs: ["aws_sns_topic.ops"])
        add("aws_s3_bucket", "assets", ["id": "\(name)-assets-\(account)", "arn": "arn:aws:s3:::\(name)-assets-\(account)", "bucket": "\(name)-assets-\(account)", "region": region, "tags": tags("assets"), "tags_all": tags("assets"), "versioning": [["enabled": salt == "p"] as Object]])
        add("aws_s3_bucket_versioning", "assets", ["id": "\(name)-assets-\(account)", "bucket": "\(name)-assets-\(account)", "versioning_configuration": [["status": "Enabled", "mfa_delete": ""] as Object]], needs: ["aws_s3_bucket.assets"])
        add("aws_lambda_function", "orders", ["id": "\(name)-orders", "arn": arn("lambda", "function:\(name)-orders"), "function_name": "\(name)-orders", "memory_size": 512, "source_code_hash": "q1w2e3r4t5y6u7i8o9p0a1s2d3f4g5h6j7k8l9z0x1c=",
            "environment": [["variables": ["TABLE": "\(name)-orders", "STAGE": environment, "QUEUE": "https://sqs.\(region).amazonaws.com/\(account)/\(name)-jobs"]] as Object]])
        list.append(Entry(type: "random_id", name: "suffix", key: nil, attributes: ["id": id("r", "x"), "hex": String(id("h", "x").suffix(8)), "byte_length": 4], provider: "registry.terraform.io/hashicorp/random"))
        list.append(Entry(type: "kubernetes_config_map", name: "app", key: nil, attributes: ["id": "default/\(name)", "metadata": [["name": name, "namespace": "default", "uid": id("u", "cm")] as Object], "data": ["region": region, "replicas": "3"]], provider: "registry.terraform.io/hashicorp/kubernetes"))
        list.append(Entry(type: "tls_private_key", name: "ca", key: nil, attributes: ["id": id("t", "ca"), "algorithm": "RSA", "private_key_pem": "-----BEGIN RSA PRIVATE KEY-----\n\(salt)MIIE\n-----END RSA PRIVATE KEY-----\n", "rsa_bits": 2048], provider: "registry.terraform.io/hashicorp/tls"))
        list.append(Entry(type: "aws_region", name: "here", key: nil, attributes: ["id": region, "name": region, "description": region], isData: true))
        return list
    }

    /// State bytes of these entries.
    func bytes(_ entries: [Entry]? = nil, sorted: Bool = true, seed: UInt64? = nil) throws -> [UInt8] {
        try Self.bytes(of: [(self, entries ?? self.entries)], seed: seed)
    }

    static func bytes(of parts: [(StackFixture, [Entry])], seed: UInt64? = nil) throws -> [UInt8] {
        var resources: [Object] = []
        for (fixture, entries) in parts {
            var order: [String] = []
            var groups: [String: Object] = [:]
            for entry in entries {
                let id = "\(entry.isData)\(entry.type).\(entry.name)"
                let prefix = fixture.module.map { "\($0.prefix { $0 != "[" })." } ?? ""
                var instance: Object = ["schema_version": 0, "attributes": entry.attributes, "dependencies": entry.dependencies.map { dependency in
                    let parts = dependency.split(separator: ".")
                    return prefix + "\(parts[0]).\(fixture.namePrefix)\(parts[1])"
                }, "sensitive_attributes": entry.sensitive.map { [["type": "get_attr", "value": $0]] }]
                if let key = entry.key { instance["index_key"] = key }
                if groups[id] == nil {
                    order.append(id)
                    let alias = fixture.alias.map { ".\($0)" } ?? ""
                    var group: Object = ["mode": entry.isData ? "data" : "managed", "type": entry.type, "name": fixture.namePrefix + entry.name, "provider": "provider[\"\(entry.provider)\"]" + (entry.provider.hasSuffix("aws") ? alias : ""), "instances": [Object]()]
                    if let module = fixture.module { group["module"] = module }
                    groups[id] = group
                }
                if let known = groups[id]?["instances"] as? [Object] { groups[id]?["instances"] = known + [instance] }
            }
            resources += order.compactMap { groups[$0] }
        }
        var generator = seed.map { Seeded(state: $0) }
        if var random = generator {
            resources.shuffle(using: &random)
            resources = resources.map { resource in
                var copy = resource
                if let list = resource["instances"] as? [Object] { copy["instances"] = list.shuffled(using: &random) }
                return copy
            }
            generator = random
        }
        let state: Object = ["version": 4, "terraform_version": "1.11.4", "serial": 7, "lineage": "6f1e9a52-0000-4000-8000-000000000001", "outputs": Object(), "resources": resources, "check_results": NSNull()]
        return Array(try JSONSerialization.data(withJSONObject: state, options: seed == nil ? [.sortedKeys, .prettyPrinted] : []))
    }

    func stack(_ entries: [Entry]? = nil, seed: UInt64? = nil) throws -> Stack {
        Stack(try TerraformState(parsing: StateBytes(try bytes(entries, seed: seed))))
    }

    /// The entries with one attribute of one instance changed.
    func changing(_ type: String, _ name: String, at index: Int = 0, _ attribute: String, to value: Any?) -> [Entry] {
        var list = entries
        let places = list.indices.filter { list[$0].type == type && list[$0].name == name }
        if index < places.count { list[places[index]].attributes[attribute] = value }
        return list
    }

    func removing(_ type: String, _ name: String, at index: Int = 0) -> [Entry] {
        var list = entries
        let places = list.indices.filter { list[$0].type == type && list[$0].name == name }
        if index < places.count { list.remove(at: places[index]) }
        return list
    }
}

/// xorshift: the same numbers for the same seed.
struct Seeded: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}
