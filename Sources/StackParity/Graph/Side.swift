internal import StateJSON
internal import TerraformState

/// The instances of one stack, in one list.
struct Side {
    struct Resource {
        var module: String
        var type: ResourceType
        var name: String
        /// With module keys, without instance keys.
        var address: String
        /// As dependencies name it, without keys.
        var configAddress: String
        var instances: Range<Int>
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
        /// Number of the region and account it names as its own.
        var place: Int32
        var isData: Bool { type.isData }
    }

    private(set) var resources: [Resource] = []
    private(set) var instances: [Instance] = []
    private var places = PlaceTable()

    /// Region and account that an object's own ARN, zone or location names.
    func place(of instance: Int) -> PlaceTable.Place? { places[instances[instance].place] }

    init(_ stack: Stack, catalog: TypeCatalog) {
        for (number, member) in stack.members.enumerated() {
            var ordinal = 0
            for resource in member.state.resources {
                let start = instances.count
                let type = catalog.type(resource.type, isData: resource.mode == .data)
                for instance in resource.instances {
                    defer { ordinal += 1 }
                    if let selection = member.selection, !selection.contains(ordinal) { continue }
                    if instance.deposed != nil { continue }
                    let attributes = instance.attributes
                    instances.append(Instance(
                        resource: Int32(resources.count), source: instance, key: instance.indexKey, attributes: attributes?.isObject == true ? attributes : nil,
                        type: type, isTainted: instance.isTainted, member: Int32(number), ordinal: Int32(ordinal), place: attributes?.isObject == true ? attributes.map { places.number(of: $0) } ?? -1 : -1))
                }
                guard instances.count > start else { continue }
                resources.append(Resource(
                    module: resource.module ?? "", type: type, name: resource.name, address: resource.address, configAddress: resource.configAddress, instances: start..<instances.count))
            }
        }
    }

    func resource(of instance: Int) -> Resource { resources[Int(instances[instance].resource)] }

    func address(of instance: Int) -> String {
        resource(of: instance).address + (instances[instance].key.map(\.description) ?? "")
    }

    /// Whether `instance` says that it depends on the resource of `other`.
    func depends(_ instance: Int, on other: Int) -> Bool {
        guard let list = instances[instance].source.value["dependencies"], list.isArray, list.count > 0 else { return false }
        let wanted = resources[Int(instances[other].resource)].configAddress
        return list.elements.contains { $0.equals(wanted) }
    }
}
