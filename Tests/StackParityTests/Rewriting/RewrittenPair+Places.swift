import Foundation

/// Rewrites of regions, accounts, names and networks.
extension RewrittenPair {
    /// Other regions, and the partition that they are in.
    mutating func move(to region: String, _ drRegion: String, partition: String = "aws") {
        var words = [(self.region, region), (self.drRegion, drRegion), ("use1-az", "\(Self.short(region))-az"), ("usw2-az", "\(Self.short(drRegion))-az")]
        if partition != "aws" { words.append(("arn:aws:", "arn:\(partition):")) }
        if partition == "aws-cn" { words.append(("amazonaws.com", "amazonaws.com.cn")) }
        replace(words)
        self.region = region
        self.drRegion = drRegion
    }

    /// `use1` for `us-east-1`.
    static func short(_ region: String) -> String {
        let parts = region.split(separator: "-")
        return String(parts[0]) + parts.dropFirst().map { part in
            part.first?.isNumber == true ? String(part) : part.replacingOccurrences(of: "(north|south)(?=.)", with: "$1-", options: .regularExpression).split(separator: "-").map { $0.prefix(1) }.joined()
        }.joined()
    }

    /// DR in an account of its own; what DR takes from the primary stays the primary's.
    mutating func account(_ account: String) {
        let old = "123456789012"
        func moved(_ text: String) -> String {
            var text = text.replacingOccurrences(of: "(arn:[a-z-]+:[a-z0-9-]*:\(drRegion):)\(old)", with: "$1\(account)", options: .regularExpression)
            for bucket in ["assets", "logs"] { text = text.replacingOccurrences(of: "orders-dr-\(bucket)-\(old)", with: "orders-dr-\(bucket)-\(account)") }
            return text
        }
        primary = moved(primary)
        dr = dr.map { moved($0).replacingOccurrences(of: "(?<!:\(region):)\(old)", with: account, options: .regularExpression) }
    }

    mutating func names(_ name: String, _ drName: String) { replace([("orders-primary", name), ("orders-dr", drName)]) }

    /// Buckets that end with a number drawn by lot on each side.
    mutating func drawSuffixes() {
        var seed = Seeded(state: 0x1234_5678)
        replace(["orders-primary", "orders-dr"].flatMap { name in
            ["assets", "logs"].map { ("\(name)-\($0)-123456789012", "\(name)-\($0)-\(String(seed.next() & 0xff_ffff | 0x10_0000, radix: 16))") }
        })
    }

    mutating func networks(_ network: String, _ drNetwork: String) {
        func moved(_ text: String) -> String {
            let marked = text.replacingOccurrences(of: #"\b10\.0\."#, with: "\u{1}", options: .regularExpression).replacingOccurrences(of: #"\b10\.1\."#, with: "\u{2}", options: .regularExpression)
            return marked.replacingOccurrences(of: "\u{1}", with: network).replacingOccurrences(of: "\u{2}", with: drNetwork)
        }
        primary = moved(primary)
        dr = dr.map(moved)
    }

    /// Resources of providers without regions, unused by anything.
    mutating func addOtherProviders() throws {
        for side in dr == nil ? [Side.primary] : [.primary, .dr] {
            let salt = side == .primary ? "3f9ac1d2" : "b80e2764"
            try edit(side) { resources in
                func add(_ type: String, _ name: String, _ provider: String, _ attributes: Object) {
                    resources.append(["mode": "managed", "type": type, "name": name, "provider": "provider[\"registry.terraform.io/hashicorp/\(provider)\"]", "instances": [["schema_version": 0, "attributes": attributes] as Object]])
                }
                add("random_id", "suffix", "random", ["id": String(salt.prefix(6)), "hex": salt, "byte_length": 4, "keepers": NSNull()])
                add("random_password", "db", "random", ["id": "none", "result": "\(salt)xyz", "length": 11, "special": false, "bcrypt_hash": "$2a$10$\(salt)"])
                add("random_pet", "name", "random", ["id": side == .primary ? "brave-otter" : "shy-falcon", "length": 2, "separator": "-"])
                add("tls_private_key", "ca", "tls", ["id": "\(salt)00", "algorithm": "RSA", "rsa_bits": 2048, "private_key_pem": "-----BEGIN RSA PRIVATE KEY-----\n\(salt)\n-----END RSA PRIVATE KEY-----\n", "public_key_openssh": "ssh-rsa AAAA\(salt)"])
                add("null_resource", "once", "null", ["id": side == .primary ? "559128301177432" : "812300419920554", "triggers": NSNull()])
                add("time_sleep", "settle", "time", ["id": side == .primary ? "2026-11-22T01:00:00Z" : "2026-11-22T02:00:00Z", "create_duration": "30s", "triggers": NSNull()])
            }
        }
    }
}
