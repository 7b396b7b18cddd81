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
        var source: StateResource
        var instances: Range<Int>
    }
    struct Instance {
        var resource: Int32
        var source: StateInstance
        var key: IndexKey?
        var attributes: JSONValue?
        var type: ResourceType
        var isTainted: Bool
        var isData: Bool { type.isData }
    }

    private(set) var resources: [Resource] = []
    private(set) var instances: [Instance] = []

    init(_ stack: Stack, catalog: TypeCatalog) {
        for member in stack.members {
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
                        type: type, isTainted: instance.isTainted))
                }
                guard instances.count > start else { continue }
                resources.append(Resource(
                    module: resource.module ?? "", type: type, name: resource.name, address: resource.address, source: resource, instances: start..<instances.count))
            }
        }
    }

    func resource(of instance: Int) -> Resource { resources[Int(instances[instance].resource)] }

    func address(of instance: Int) -> String {
        resource(of: instance).address + (instances[instance].key.map(\.description) ?? "")
    }

    /// Whether `instance` says that it depends on the resource of `other`.
    func depends(_ instance: Int, on other: Int) -> Bool {
        let wanted = resource(of: other).source.configAddress
        return instances[instance].source.dependencies.contains(wanted)
    }
}
