internal import StateJSON
internal import TerraformState

extension Pairing {
    /// Instances of one resource that are keyed by zones pair in the order of their zones: a second region may have
    /// zones a, c, d where the first has a, b, c.
    ///
    /// - Parameter onlyWhole: pair only when both sides have as many.
    mutating func byZoneOrder(onlyWhole: Bool) {
        let keyed = primary.resources.indices.filter { position in
            !primary.resources[position].type.isData && primary.resources[position].instances.contains { table.ofPrimary[$0] == nil && isKeyedByZone(primary.instances[$0]) }
        }
        if keyed.isEmpty { return }
        var resources: [String: Int] = [:]
        for (position, resource) in dr.resources.enumerated() where resource.instances.contains(where: { table.ofDR[$0] == nil && isKeyedByZone(dr.instances[$0]) }) { resources[mark(dr, resource.instances.lowerBound) + "\(resource.module)\u{0}\(resource.type.name)\u{0}\(resource.name)"] = position }
        for resource in keyed.map({ primary.resources[$0] }) {
            let module = Self.mapped(resource.module, moduleNames)
            guard let position = resources[mark(primary, resource.instances.lowerBound) + "\(module)\u{0}\(resource.type.name)\u{0}\(resource.name)"] else { continue }
            guard let first = resource.instances.first, let drFirst = dr.resources[position].instances.first, areNeighbours(first, drFirst) else { continue }
            let mine = resource.instances.filter { table.ofPrimary[$0] == nil && isKeyedByZone(primary.instances[$0]) }
            let others = dr.resources[position].instances.filter { table.ofDR[$0] == nil && isKeyedByZone(dr.instances[$0]) }
            guard !mine.isEmpty, !others.isEmpty, !onlyWhole || mine.count == others.count else { continue }
            let ordered = mine.sorted { key(primary.instances[$0]) < key(primary.instances[$1]) }
            let orderedOthers = others.sorted { key(dr.instances[$0]) < key(dr.instances[$1]) }
            for (a, b) in zip(ordered, orderedOthers) {
                let isSame = primary.instances[a].key == dr.instances[b].key && module == resource.module
                table.join(a, b, isSame ? .address : .region, isSame ? 1 : 0.9)
            }
        }
    }

    private func key(_ instance: Side.Instance) -> String {
        if case .string(let text) = instance.key { text } else { "" }
    }

    /// Whether the key is a zone, or the letter of the zone in which the object stands.
    private func isKeyedByZone(_ instance: Side.Instance) -> Bool {
        var key = key(instance)
        if key.isEmpty { return false }
        if key.withUTF8({ RegionName.regionLength(ofZone: $0) != nil || RegionName.isZoneID($0) }) { return true }
        guard let zone = instance.attributes?["availability_zone"]?.string, zone.count > key.count else { return false }
        return zone.hasSuffix(key)
    }
}
