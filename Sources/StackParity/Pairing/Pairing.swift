internal import StateJSON
internal import TerraformState

/// Finds counterparts, from the surest signs to the least sure; every step pairs only what is unique on both sides.
struct Pairing {
    let primary: Side
    let dr: Side
    var table: PairTable
    /// Module paths and resource addresses of the primary under another name in DR.
    var moduleNames: [String: String] = [:]
    var renames: [Correspondence] = []
    /// The region of most objects of each side; empty when unknown.
    var homeRegion = ""
    var drHomeRegion = ""
    /// Resources of the primary whose instances have partners, and in which resources of DR.
    var resourcePartners: [Int32: Set<Int32>] = [:]
    /// Groups of candidates that nothing tells apart.
    var ambiguous: [(primary: [Int], dr: [Int])] = []

    /// The states of both sides are paired one by one: what stands in one has its counterpart in the other, and nowhere else.
    let keepsMembers: Bool

    init(primary: Side, dr: Side, keepsMembers: Bool = false) {
        self.primary = primary
        self.dr = dr
        self.keepsMembers = keepsMembers
        table = PairTable(primaryCount: primary.instances.count, drCount: dr.instances.count)
    }

    // MARK: Steps that need no knowledge of values

    mutating func byMap(_ rules: [CounterpartRule]) -> Set<Int> {
        guard !rules.isEmpty else { return [] }
        var used: Set<Int> = []
        var addresses: [String: Int] = [:]
        for index in dr.instances.indices { addresses[dr.address(of: index)] = index }
        // The longest, most specific rule wins.
        let ordered = rules.enumerated().sorted { $0.element.primary.utf8.count > $1.element.primary.utf8.count }
        for index in primary.instances.indices {
            let address = primary.address(of: index)
            for (position, rule) in ordered where Self.covers(rule.primary, address) {
                if let other = addresses[rule.dr + address.dropFirst(rule.primary.count)], dr.instances[other].type === primary.instances[index].type, areNeighbours(index, other) {
                    table.join(index, other, .map, 1)
                    used.insert(position)
                }
                break
            }
        }
        return used
    }

    /// What stands on both sides is its own counterpart.
    mutating func byIdentity(_ common: CommonObjects) {
        guard common.isOneState else { return }
        var places: [UInt64: Int] = [:]
        for j in dr.instances.indices where table.ofDR[j] == nil { if let key = common.drKey(dr.instances[j]) { places[key] = j } }
        for i in primary.instances.indices where table.ofPrimary[i] == nil {
            if let j = places[common.key(primary.instances[i])] { table.join(i, j, .address, 1) }
        }
    }

    private static func covers(_ prefix: String, _ address: String) -> Bool {
        guard address.hasPrefix(prefix) else { return false }
        let next = address.dropFirst(prefix.count).first
        return next == nil || next == "." || next == "["
    }

    /// The beginning of a key that must not match in another state.
    func mark(_ side: Side, _ index: Int) -> String {
        keepsMembers ? "\(side.instances[index].member)\u{0}" : ""
    }

    /// Whether two instances stand in states that belong together.
    func areNeighbours(_ i: Int, _ j: Int) -> Bool {
        !keepsMembers || primary.instances[i].member == dr.instances[j].member
    }

    /// Pairs that are known from an earlier look.
    mutating func byDecree(_ pairs: [Int: Int]) {
        for (i, j) in pairs.sorted(by: { $0.key < $1.key }) { table.join(i, j, .position, 0.9) }
    }

    /// Copies that name what they were made from.
    mutating func byTwin(_ index: IdentityIndex) {
        for i in primary.instances.indices where table.ofPrimary[i] == nil {
            if let source = Self.source(of: primary.instances[i], inDR: true, index), table.ofDR[source.owner] == nil, areNeighbours(i, source.owner), !dr.instances[source.owner].isData, dr.instances[source.owner].type.name == source.type { table.join(i, source.owner, .position, 0.9) }
        }
        for j in dr.instances.indices where table.ofDR[j] == nil {
            if let source = Self.source(of: dr.instances[j], inDR: false, index), table.ofPrimary[source.owner] == nil, areNeighbours(source.owner, j), !primary.instances[source.owner].isData, primary.instances[source.owner].type.name == source.type { table.join(source.owner, j, .position, 0.9) }
        }
    }

    /// What an object of a copying type was copied from.
    private static func source(of instance: Side.Instance, inDR: Bool, _ index: IdentityIndex) -> (owner: Int, type: String)? {
        guard instance.type.isTwin, let twin = TypeKnowledge.twins.first(where: { $0.copy == instance.type.name }), let link = instance.attributes?[twin.link], link.isString else { return nil }
        let holder = index.holder(link.withDecodedBytes { index.symbols.find($0) }, inDR: inDR)
        return holder.isHeld ? (Int(holder.owner), twin.type) : nil
    }

    /// Data sources that are the only ones of their kind on both sides.
    mutating func byKind() {
        join(.position, 0.5, { $0.primary.instances[$1].isData ? $0.primary.instances[$1].type.name : nil }, { $0.dr.instances[$1].isData ? $0.dr.instances[$1].type.name : nil })
    }

    /// What everything else stands in, where each side has exactly one: whatever the two are called.
    private static let roots: Set<String> = [
        "aws_vpc", "aws_ec2_transit_gateway", "aws_ecs_cluster", "aws_eks_cluster", "azurerm_resource_group", "azurerm_virtual_network", "azurerm_kubernetes_cluster", "google_compute_network", "google_container_cluster",
    ]

    mutating func byRoot() {
        func counts(_ side: Side) -> [String: Int] {
            var counts: [String: Int] = [:]
            for instance in side.instances where !instance.isData && Self.roots.contains(instance.type.name) { counts[instance.type.name, default: 0] += 1 }
            return counts
        }
        let left = counts(primary), right = counts(dr)
        guard left.contains(where: { $0.value == 1 && right[$0.key] == 1 }) else { return }
        func key(_ instance: Side.Instance) -> String? {
            !instance.isData && left[instance.type.name] == 1 && right[instance.type.name] == 1 ? instance.type.name : nil
        }
        join(.position, 0.7, { key($0.primary.instances[$1]) }, { key($0.dr.instances[$1]) })
    }

    mutating func byAddress() {
        byResource()
        var right: [String: [Int]] = [:]
        for index in dr.instances.indices where table.ofDR[index] == nil { right[mark(dr, index) + dr.address(of: index), default: []].append(index) }
        if right.isEmpty { return }
        var left: [String: [Int]] = [:]
        for index in primary.instances.indices where table.ofPrimary[index] == nil { left[mark(primary, index) + primary.address(of: index), default: []].append(index) }
        // Several states of one side may use one address: then the states pair in their order.
        for (address, mine) in left {
            guard let others = right[address], others.count == mine.count else { continue }
            for (a, b) in zip(mine, others) where primary.instances[a].type === dr.instances[b].type { table.join(a, b, .address, 1) }
        }
    }

    /// Resources whose address is unique on both sides, found without making it: the ordinary case.
    private mutating func byResource() {
        let partners = ResourcePartners(primary, dr, keepsMembers: keepsMembers)
        for (position, other) in partners.pairs where primary.resources[position].type === dr.resources[other].type {
            let mine = primary.resources[position].instances, others = dr.resources[other].instances
            guard isAscending(primary, mine), isAscending(dr, others) else { continue }
            var (a, b) = (mine.lowerBound, others.lowerBound)
            while a < mine.upperBound, b < others.upperBound {
                let key = primary.instances[a].key, drKey = dr.instances[b].key
                if key == drKey {
                    table.join(a, b, .address, 1)
                    a += 1
                    b += 1
                } else if let key, let drKey, key < drKey {
                    a += 1
                } else if key != nil, drKey != nil {
                    b += 1
                } else {
                    break
                }
            }
        }
    }

    /// Whether the keys ascend, as Terraform writes them; then none is there twice.
    private func isAscending(_ side: Side, _ instances: Range<Int>) -> Bool {
        var last: IndexKey?
        for index in instances {
            let key = side.instances[index].key
            if index > instances.lowerBound {
                guard let key, let previous = last, previous < key else { return false }
            }
            last = key
        }
        return true
    }

    /// Region and zone names inside addresses stand for the side's own.
    mutating func byRegion(_ learned: Correspondences) {
        let region = learned.primaryRegion, other = learned.drRegion
        guard !region.isEmpty, !other.isEmpty else { return }
        homeRegion = region
        drHomeRegion = other
        join(.region, 0.98, { RegionMark.marked($0.primary.address(of: $1), home: region) }, { RegionMark.marked($0.dr.address(of: $1), home: other) })
    }

    /// Pairs instances whose keys are equal and unique among the unpaired of both sides.
    mutating func join(_ basis: Counterpart.Basis, _ confidence: Double, _ key: (Pairing, Int) -> String?, _ drKey: (Pairing, Int) -> String?) {
        var left: [String: Int] = [:]
        for index in primary.instances.indices where table.ofPrimary[index] == nil {
            guard let text = key(self, index).map({ mark(primary, index) + $0 }) else { continue }
            left[text] = left[text] == nil ? index : -1
        }
        guard !left.isEmpty else { return }
        var right: [String: Int] = [:]
        for index in dr.instances.indices where table.ofDR[index] == nil {
            guard let text = drKey(self, index).map({ mark(dr, index) + $0 }) else { continue }
            right[text] = right[text] == nil ? index : -1
        }
        for (text, index) in left where index >= 0 {
            guard let other = right[text], other >= 0, primary.instances[index].type === dr.instances[other].type else { continue }
            table.join(index, other, basis, confidence)
        }
    }
}
