internal import StateJSON

/// Which objects of the primary DR's instances name.
struct SharedUse {
    private var owners: Set<Int32> = []

    init(dr: Side, index: IdentityIndex) {
        for instance in dr.instances where !instance.isData {
            guard let attributes = instance.attributes else { continue }
            for member in attributes.members { visit(member.value, index) }
        }
    }

    private mutating func visit(_ value: JSONValue, _ index: IdentityIndex) {
        if value.isString {
            let symbol = value.withDecodedBytes { $0.count < OwnTexts.shortest ? .none : index.symbols.find($0) }
            let holder = index.holder(symbol, inDR: false)
            if holder.isHeld, !index.holder(symbol, inDR: true).isManaged { owners.insert(holder.owner) }
        } else if value.isArray {
            for element in value.elements { visit(element, index) }
        } else if value.isObject {
            for member in value.members { visit(member.value, index) }
        }
    }

    func uses(_ owner: Int) -> Bool { owners.contains(Int32(owner)) }
}
