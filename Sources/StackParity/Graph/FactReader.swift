internal import ProviderSchema
internal import StateJSON

/// Reads the facts of instances, one walk over the attributes of each.
struct FactReader {
    private let trees = AttributeTrees()
    private var handles = DocumentHandles()
    private var portion = FactTable.Portion()

    mutating func read(_ instances: ArraySlice<Side.Instance>) -> FactTable.Portion {
        portion = FactTable.Portion()
        for instance in instances { read(instance) }
        return portion
    }

    private mutating func read(_ instance: Side.Instance) {
        var place: Int32 = -1
        if let attributes = handles.attributes(of: instance) { place = read(attributes, instance.type) }
        portion.places.append(place)
        portion.ends.append(portion.facts.count)
    }

    /// - Returns: the number of the object's place.
    private mutating func read(_ attributes: JSONValue, _ type: ResourceType) -> Int32 {
        let root = trees.root(of: type)
        var own = OwnNames(), clues = PlaceTable.Clues()
        // Names may stand before the id that shows them to be the object's own: they are judged at the end.
        let start = portion.facts.count
        var isOpen = false
        var place = 0
        for member in attributes.members {
            defer { place += 1 }
            let value = member.value
            if value.isNull { continue }
            let node = member.key.value.withDecodedBytes { root.child($0, at: place) }
            switch node.fact {
            case .nothing: break
            case .arn: clues.arn = value
            case .region: clues.region = value
            case .location: clues.location = value
            case .zone:
                clues.zone = value
                note(.zone, value, place)
            case .tags:
                note(node.role == .tags ? .tags : .allTags, value, place)
                continue
            }
            if value.isString {
                let kind = value.withDecodedBytes { text in OwnTexts.kind(of: text, node) }
                switch kind {
                case .own?:
                    if node.role == .id { own.id = value } else { own.arn = value }
                    note(.own, value, place)
                case .computed?: note(.computed, value, place)
                case .name?: note(.name, value, place)
                case .perhaps?:
                    isOpen = true
                    note(.name, value, ~place)
                case nil:
                    // Too short to refer to, but still what the names are held against.
                    if node.role == .id { own.id = value } else if node.role == .arn { own.arn = value }
                }
            } else if !value.isScalar, node.flags.isComputedOnly || type.computedInside.contains(node.name) {
                note(.block, value, place)
                readInside(value, node, place)
            } else if node.role == .id {
                own.id = value
            } else if node.role == .arn {
                own.arn = value
            }
        }
        if isOpen { judgeNames(from: start, own, attributes) }
        return portion.table.number(of: clues)
    }

    private mutating func note(_ kind: InstanceFact.Kind, _ value: JSONValue, _ place: Int) {
        portion.facts.append(InstanceFact(value: value.position, place: Int32(truncatingIfNeeded: place), kind: kind))
    }

    /// Keeps, of the texts that may be names, those that are the object's own.
    private mutating func judgeNames(from start: Int, _ own: OwnNames, _ attributes: JSONValue) {
        let document = attributes.document
        var kept = start
        for index in start..<portion.facts.count {
            var fact = portion.facts[index]
            if fact.place < 0 {
                fact.place = ~fact.place
                guard document.value(at: fact.value).withDecodedBytes({ own.contain($0) }) else { continue }
            }
            portion.facts[kept] = fact
            kept += 1
        }
        portion.facts.removeLast(portion.facts.count - kept)
    }

    /// Strings that the provider computed inside blocks: secret ARNs, volume ids, endpoints.
    private mutating func readInside(_ value: JSONValue, _ node: AttributeNode, _ place: Int) {
        if value.isString {
            guard node.flags.isComputedOnly else { return }
            if value.withDecodedBytes({ $0.count >= 8 && OwnTexts.isTelling($0) && TextShape.isMachineMade($0) }) { note(.inside, value, place) }
        } else if value.isArray {
            for element in value.elements { readInside(element, node, place) }
        } else if value.isObject {
            var index = 0
            for member in value.members {
                readInside(member.value, member.key.value.withDecodedBytes { node.child($0, at: index) }, place)
                index += 1
            }
        }
    }
}
