internal import StateJSON

extension Learner {
    /// Learns zones and networks: after the counterparts stand.
    mutating func learnPlacement(from pairs: [(Int, Int)]) {
        for (i, j) in pairs {
            guard let left = primary.instances[i].attributes, let right = dr.instances[j].attributes else { continue }
            learnZone(left, right, isSubnet: primary.instances[i].type.name.hasSuffix("_subnet"))
            if primary.instances[i].type.name.hasSuffix("_vpc") || primary.instances[i].type.name == "aws_vpc_ipv4_cidr_block_association" {
                for name: StaticString in ["cidr_block", "ipv6_cidr_block"] { learnBase(left[name], right[name]) }
            } else if primary.instances[i].type.name.hasSuffix("_virtual_network"), let spaces = left["address_space"], let others = right["address_space"], spaces.isArray, others.isArray {
                for (space, other) in zip(spaces.elements, others.elements) { learnBase(space, other) }
            }
        }
        learned.zones.settle(order: <)
        learned.zoneLetters.settle(order: <)
        learnOtherNetworks(from: pairs)
    }

    private mutating func learnZone(_ left: JSONValue, _ right: JSONValue, isSubnet: Bool) {
        guard let zone = left["availability_zone"]?.string, let drZone = right["availability_zone"]?.string, !zone.isEmpty, !drZone.isEmpty else { return }
        guard Self.isZone(zone), Self.isZone(drZone) else { return }
        // Subnets are placed by the configuration; what stands in them follows.
        for _ in 0..<(isSubnet ? 4 : 1) {
            learned.zones.vote(zone, drZone)
            learned.zoneLetters.vote(String(zone.suffix(1)), String(drZone.suffix(1)))
        }
    }

    static func isZone(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { RegionName.regionLength(ofZone: $0) != nil }
    }

    private mutating func learnBase(_ left: JSONValue?, _ right: JSONValue?) {
        guard let base = left.flatMap(Self.network), let drBase = right.flatMap(Self.network) else { return }
        learned.networks.add(base, drBase)
    }

    static func network(_ value: JSONValue) -> NetworkAddress? {
        guard value.isString else { return nil }
        return value.withDecodedBytes { NetworkAddress($0) }
    }

    /// Subnets of VPCs whose sizes differ cannot keep an offset: they correspond as they stand. Networks of other kinds
    /// (Google, Azure, transit) are bases of their own.
    private mutating func learnOtherNetworks(from pairs: [(Int, Int)]) {
        for (i, j) in pairs where primary.instances[i].type.name.hasSuffix("subnet") || primary.instances[i].type.name.hasSuffix("subnetwork") {
            guard let left = primary.instances[i].attributes, let right = dr.instances[j].attributes else { continue }
            for name: StaticString in ["cidr_block", "ipv6_cidr_block", "ip_cidr_range"] {
                guard let range = left[name].flatMap(Self.network), let drRange = right[name].flatMap(Self.network) else { continue }
                guard let home = learned.networks.inPrimary(range) else {
                    if range.length == drRange.length { learned.networks.add(range, drRange) }
                    continue
                }
                if home.primary.length != home.dr.length, home.dr.contains(drRange) { learned.networks.addException(range, drRange) }
            }
        }
    }

    /// Tag replacements that many objects share.
    mutating func learnTags(from pairs: [(Int, Int)]) {
        for (i, j) in pairs where !primary.instances[i].isData {
            guard let left = primary.instances[i].attributes, let right = dr.instances[j].attributes else { continue }
            guard let tags = left["tags_all"] ?? left["tags"] ?? left["labels"], let drTags = right["tags_all"] ?? right["tags"] ?? right["labels"] else { continue }
            let type = primary.instances[i].type.index
            for member in tags.members {
                let key = member.key.value.withDecodedBytes { index.symbols.intern($0) }
                learned.tags.observe(.init(key: key, primary: symbol(member.value), dr: drTags[member.key.string].map { symbol($0) } ?? .none), type: type)
            }
            for member in drTags.members where tags[member.key.string] == nil {
                let key = member.key.value.withDecodedBytes { index.symbols.intern($0) }
                learned.tags.observe(.init(key: key, primary: .none, dr: symbol(member.value)), type: type)
            }
        }
        learned.tags.settle()
        // What every tag calls the side is what its other settings call it too.
        for change in learned.tags.facts.keys where change.primary >= 0 && change.dr >= 0 {
            let isWord = index.symbols.withBytes(of: change.primary) { $0.count >= 3 && !$0.allSatisfy(\.isDigit) }
            if isWord { learned.add(change.primary, change.dr, weight: 1) }
        }
    }

    private mutating func symbol(_ value: JSONValue) -> Symbol {
        value.isString ? value.withDecodedBytes { index.symbols.intern($0) } : .none
    }
}
