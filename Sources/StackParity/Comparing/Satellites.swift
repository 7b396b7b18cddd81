internal import StateJSON

/// Which objects have parts of their configuration in resources of their own, such as security group rules.
struct Satellites: Sendable {
    private var named: [String: Set<Symbol>] = [:]

    init(_ sides: [Side], index: IdentityIndex) {
        for side in sides {
            for instance in side.instances where instance.type.isSatellite {
                guard let attributes = instance.attributes else { continue }
                // A rule belongs to the group it stands in, not to the group whose traffic it lets pass.
                for member in attributes.members where !Self.namesAnother(member.key) {
                    if member.value.isString {
                        note(member.value, instance.type, index)
                    } else if member.value.isArray {
                        for value in member.value.elements where value.isString { note(value, instance.type, index) }
                    }
                }
            }
        }
    }

    private mutating func note(_ value: JSONValue, _ type: ResourceType, _ index: IdentityIndex) {
        let symbol = value.withDecodedBytes { index.symbols.find($0) }
        if symbol >= 0 { named[type.name, default: []].insert(symbol) }
    }

    private static func namesAnother(_ key: JSONKey) -> Bool {
        key.value.withDecodedBytes { $0.starts(with: "source_") || $0.starts(with: "referenced_") || $0.starts(with: "destination_") }
    }

    /// Whether a resource of one of `types` names the object.
    func name(_ instance: Int, of side: Side, types: [String]) -> Bool {
        for position in side.facts.positions(of: instance) where side.facts[position].kind == .own || side.facts[position].kind == .name {
            let symbol = side.facts.symbols[position]
            if types.contains(where: { named[$0]?.contains(symbol) == true }) { return true }
        }
        return false
    }
}
