import StateJSON
import TerraformState

/// An instance together with the resource that it belongs to.
struct LocatedInstance {
    var resource: StateResource
    var instance: StateInstance

    /// The real object's id as the provider reports it; nil when there is none.
    var objectID: String? {
        guard let id = instance.attributes?["id"]?.string, !id.isEmpty else { return nil }
        return id
    }

    static func all(of state: TerraformState) -> [LocatedInstance] {
        var instances: [LocatedInstance] = []
        for resource in state.resources {
            for instance in resource.instances {
                instances.append(LocatedInstance(resource: resource, instance: instance))
            }
        }
        return instances
    }
}

/// An instance before and after; one of the two is nil when it came or went.
struct InstancePair {
    var before: LocatedInstance?
    var after: LocatedInstance?
    /// Whether address and bytes are equal, so that nothing can differ.
    var isByteEqual = false
}
