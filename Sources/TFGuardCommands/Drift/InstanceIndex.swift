import TerraformState

/// The living instances of some states by their addresses. Made when it is first asked: many comparisons never do.
final class InstanceIndex {
    private let states: [TerraformState]
    private lazy var instances: [String: StateInstance] = {
        var found: [String: StateInstance] = [:]
        for state in states {
            for resource in state.resources {
                for instance in resource.instances where instance.deposed == nil && instance.attributes != nil && found[instance.address] == nil {
                    found[instance.address] = instance
                }
            }
        }
        return found
    }()

    init(_ states: [TerraformState]) {
        self.states = states
    }

    subscript(_ address: String) -> StateInstance? { instances[address] }
}
