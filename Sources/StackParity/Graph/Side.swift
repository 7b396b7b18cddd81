internal import StateJSON
internal import TerraformState

/// The instances of one stack, in one list.
struct Side: Sendable {
    struct Resource {
        var source: StateResource
        var type: ResourceType
        var instances: Range<Int>
        var module: String { source.module ?? "" }
        var name: String { source.name }
        /// With module keys, without instance keys.
        var address: String { source.address }
        /// As dependencies name it, without keys.
        var configAddress: String { source.configAddress }
    }
    struct Instance {
        var resource: Int32
        var source: StateInstance
        var key: IndexKey?
        var attributes: JSONValue?
        var type: ResourceType
        var isTainted: Bool
        /// Number of the state among the side's, and place in it.
        var member: Int32
        var ordinal: Int32
        var isData: Bool { type.isData }
    }

    private(set) var resources: [Resource] = []
    private(set) var instances: [Instance] = []
    /// What was read of the instances beforehand.
    private(set) var facts = FactTable()

    init(_ stack: Stack, catalog: TypeCatalog) {
        let count = stack.members.reduce(0) { $0 + ($1.selection?.count ?? $1.state.instanceCount) }
        instances.reserveCapacity(count)
        resources.reserveCapacity(stack.members.reduce(0) { $0 + $1.state.resources.count })
        for (number, member) in stack.members.enumerated() { take(member, Int32(number), catalog) }
    }

    private mutating func take(_ member: Stack.Member, _ number: Int32, _ catalog: TypeCatalog) {
        var ordinal = 0
        // States list their resources by type.
        var last: (name: String, isData: Bool, type: ResourceType)?
        for resource in member.state.resources {
            let start = instances.count, name = resource.type, isData = resource.mode == .data
            let type: ResourceType
            if let last, last.name == name, last.isData == isData { type = last.type } else { type = catalog.type(name, isData: isData) }
            last = (name, isData, type)
            for instance in resource.instances {
                defer { ordinal += 1 }
                if let selection = member.selection, !selection.contains(ordinal) { continue }
                if instance.deposed != nil { continue }
                let attributes = instance.attributes
                instances.append(Instance(
                    resource: Int32(resources.count), source: instance, key: instance.indexKey, attributes: attributes?.isObject == true ? attributes : nil,
                    type: type, isTainted: instance.isTainted, member: number, ordinal: Int32(ordinal)))
            }
            if instances.count > start { resources.append(Resource(source: resource, type: type, instances: start..<instances.count)) }
        }
    }

    func resource(of instance: Int) -> Resource { resources[Int(instances[instance].resource)] }

    func address(of instance: Int) -> String {
        resource(of: instance).address + (instances[instance].key.map(\.description) ?? "")
    }

    /// Region and account that an object's own ARN, zone or location names.
    func place(of instance: Int) -> PlaceTable.Place? { facts.place(of: instance) }

    /// Whether `instance` says that it depends on the resource of `other`.
    func depends(_ instance: Int, on other: Int) -> Bool {
        instances[instance].source.depends(on: resources[Int(instances[other].resource)].source)
    }

    // MARK: Facts

    /// Instances that are read at a time.
    private static let portion = 512

    /// Reads what every later step asks of each instance: its own texts, place, zone and tags.
    mutating func readFacts(_ workers: Workers) {
        let instances = instances
        let parts = workers.map(instances.count, size: Self.portion, state: { FactReader() }) { reader, range in reader.read(instances[range]) }
        facts = FactTable(parts, expecting: instances.count)
    }

    /// The value that a fact stands for.
    func value(of fact: InstanceFact, _ instance: Int) -> JSONValue? { instances[instance].attributes?.document.value(at: fact.value) }

    /// The value of the first fact of this kind.
    func fact(_ kind: InstanceFact.Kind, of instance: Int) -> JSONValue? {
        for position in facts.positions(of: instance) where facts[position].kind == kind { return value(of: facts[position], instance) }
        return nil
    }

    /// The most complete of an object's collections of tags.
    func tags(of instance: Int) -> JSONValue? {
        var best: (rank: Int, value: JSONValue)?
        for position in facts.positions(of: instance) where facts[position].kind == .tags || facts[position].kind == .allTags {
            guard let value = value(of: facts[position], instance), let document = instances[instance].attributes?.document else { continue }
            let name = document.value(at: facts[position].value - 1)
            let rank = name.equals("tags_all") ? 0 : name.equals("tags") ? 1 : name.equals("labels") ? 2 : 3
            if rank < best?.rank ?? 3 { best = (rank, value) }
        }
        return best?.value
    }

    mutating func note(symbols: [Symbol]) { facts.symbols = symbols }
}
