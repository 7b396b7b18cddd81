internal import StateJSON
internal import TerraformState

/// Resources of both sides that have one address, as far as each is the only one of its side that has it.
struct ResourcePartners {
    /// Positions in the sides' lists of resources.
    private(set) var pairs: [(Int, Int)] = []

    /// - Parameter keepsMembers: an address in another state is another address.
    init(_ primary: Side, _ dr: Side, keepsMembers: Bool) {
        let mine = Addresses(primary, keepsMembers), others = Addresses(dr, keepsMembers)
        for position in primary.resources.indices where mine.isUnique(position) {
            let resource = primary.resources[position]
            let found = others.table.position(hash: mine.hashes[position]) { other in
                resource.source.hasSameAddress(as: dr.resources[Int(other)].source) && (!keepsMembers || primary.instances[resource.instances.lowerBound].member == dr.instances[dr.resources[Int(other)].instances.lowerBound].member)
            }
            if let found, others.isUnique(Int(found)) { pairs.append((position, Int(found))) }
        }
    }

    /// The addresses of one side.
    private struct Addresses {
        private(set) var hashes: [UInt64] = []
        private(set) var table: SeenValues
        private var repeated: Set<Int> = []

        init(_ side: Side, _ keepsMembers: Bool) {
            table = SeenValues(expecting: side.resources.count)
            hashes.reserveCapacity(side.resources.count)
            for (position, resource) in side.resources.enumerated() {
                let member = side.instances[resource.instances.lowerBound].member
                let hash = resource.source.addressHash &+ (keepsMembers ? UInt64(UInt32(bitPattern: member)) &* 0x9E37_79B9_7F4A_7C15 : 0)
                hashes.append(hash)
                let earlier = table.note(UInt32(position), hash: hash) { other in
                    let other = side.resources[Int(other)]
                    return resource.source.hasSameAddress(as: other.source) && (!keepsMembers || side.instances[other.instances.lowerBound].member == member)
                }
                if let earlier {
                    repeated.insert(Int(earlier))
                    repeated.insert(position)
                }
            }
        }

        func isUnique(_ position: Int) -> Bool { repeated.isEmpty || !repeated.contains(position) }
    }
}
