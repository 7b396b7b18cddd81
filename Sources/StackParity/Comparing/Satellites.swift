internal import StateJSON

/// Which objects have parts of their configuration in resources of their own, such as security group rules.
struct Satellites {
    private var named: [String: Set<Symbol>] = [:]

    init(_ sides: [Side], index: IdentityIndex) {
        let wanted = Set(TypeKnowledge.mirrors.values.flatMap { $0.flatMap(\.of) })
        for side in sides {
            for instance in side.instances where wanted.contains(instance.type.name) && !instance.isData {
                guard let attributes = instance.attributes else { continue }
                // A rule belongs to the group it stands in, not to the group whose traffic it lets pass.
                for member in attributes.members where !Self.namesAnother(member.key.string) {
                    for value in member.value.isArray ? Array(member.value.elements) : [member.value] where value.isString {
                        let symbol = value.withDecodedBytes { index.symbols.find($0) }
                        if symbol >= 0 { named[instance.type.name, default: []].insert(symbol) }
                    }
                }
            }
        }
    }

    private static func namesAnother(_ attribute: String) -> Bool {
        attribute.hasPrefix("source_") || attribute.hasPrefix("referenced_") || attribute.hasPrefix("destination_")
    }

    /// Whether a resource of one of `types` names the object with these attributes.
    func name(_ attributes: JSONValue, types: [String], index: IdentityIndex) -> Bool {
        for key: StaticString in ["id", "arn", "name"] {
            guard let value = attributes[key], value.isString else { continue }
            let symbol = value.withDecodedBytes { index.symbols.find($0) }
            if symbol >= 0, types.contains(where: { named[$0]?.contains(symbol) == true }) { return true }
        }
        return false
    }
}
