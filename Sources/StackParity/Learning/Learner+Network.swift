internal import StateJSON

extension Learner {
    /// Learns zones and networks: after the counterparts stand.
    mutating func learnPlacement(from pairs: [(Int, Int)]) {
        learnZones(from: pairs)
        for (i, j) in pairs where primary.instances[i].type.isNetwork {
            guard let left = primary.instances[i].attributes, let right = dr.instances[j].attributes else { continue }
            for name: StaticString in ["cidr_block", "ipv6_cidr_block"] { learnBase(left[name], right[name]) }
            if let spaces = left["address_space"], let others = right["address_space"], spaces.isArray, others.isArray {
                for (space, other) in zip(spaces.elements, others.elements) { learnBase(space, other) }
            }
        }
        learned.zones.settle(order: <)
        learned.zoneLetters.settle(order: <)
        learnOtherNetworks(from: pairs)
    }

    private mutating func learnZones(from pairs: [(Int, Int)]) {
        struct Zones: Hashable { var primary: UInt64; var dr: UInt64 }
        var seen: [Zones: (zone: JSONValue, drZone: JSONValue, votes: Int)] = [:]
        for (i, j) in pairs {
            guard let zone = primary.fact(.zone, of: i), let drZone = dr.fact(.zone, of: j) else { continue }
            let key = Zones(primary: zone.withDecodedBytes { $0.mixedHash }, dr: drZone.withDecodedBytes { $0.mixedHash })
            // Subnets are placed by the configuration; what stands in them follows.
            seen[key, default: (zone, drZone, 0)].votes += primary.instances[i].type.isSubnet ? 4 : 1
        }
        for item in seen.values {
            guard let zone = item.zone.string, let drZone = item.drZone.string, Self.isZone(zone), Self.isZone(drZone) else { continue }
            learned.zones.vote(zone, drZone, item.votes)
            learned.zoneLetters.vote(String(zone.suffix(1)), String(drZone.suffix(1)), item.votes)
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

    /// Ranges of their own beside the subnet's: those of pods and services, and a cluster's control plane.
    /// Source: https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/compute_subnetwork, …/container_cluster
    private mutating func learnSideRanges(_ left: JSONValue, _ right: JSONValue) {
        for (block, range): (StaticString, StaticString) in [("secondary_ip_range", "ip_cidr_range"), ("private_cluster_config", "master_ipv4_cidr_block")] {
            guard let blocks = left[block], let others = right[block], blocks.isArray, others.isArray, blocks.count == others.count else { continue }
            for (mine, other) in zip(blocks.elements, others.elements) {
                guard let base = mine[range].flatMap(Self.network), let drBase = other[range].flatMap(Self.network), base.length == drBase.length else { continue }
                if learned.networks.inPrimary(base) == nil { learned.networks.add(base, drBase) }
            }
        }
    }

    /// Subnets of VPCs whose sizes differ cannot keep an offset: they correspond as they stand. Networks of other kinds
    /// (Google, Azure, transit) are bases of their own.
    private mutating func learnOtherNetworks(from pairs: [(Int, Int)]) {
        for (i, j) in pairs where primary.instances[i].type.hasRange {
            guard let left = primary.instances[i].attributes, let right = dr.instances[j].attributes else { continue }
            learnSideRanges(left, right)
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
            guard let tags = primary.tags(of: i), let drTags = dr.tags(of: j) else { continue }
            let type = primary.instances[i].type.index
            var theirs = MemberSearch(drTags), isWhole = tags.count == drTags.count
            for member in tags.members {
                let key = member.key.value.withDecodedBytes { index.symbols.intern($0) }
                let other = theirs.next(member.key)
                isWhole = isWhole && other != nil
                learned.tags.observe(.init(key: key, primary: symbol(member.value), dr: other.map { symbol($0) } ?? .none), type: type)
            }
            if isWhole { continue }
            var mine = MemberSearch(tags)
            for member in drTags.members where mine.next(member.key) == nil {
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
