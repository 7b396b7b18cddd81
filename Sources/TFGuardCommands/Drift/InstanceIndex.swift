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

    /// The type in an address: `aws_subnet` of `module.net["a.b"].aws_subnet.private["c"]`.
    static func resourceType(of address: String) -> String? {
        var parts = [String.UnicodeScalarView()]
        var isInKey = false, isQuoted = false, isEscaped = false
        for scalar in address.unicodeScalars {
            if isInKey {
                if isEscaped { isEscaped = false } else if isQuoted, scalar == "\\" { isEscaped = true } else if scalar == "\"" { isQuoted.toggle() } else if scalar == "]", !isQuoted { isInKey = false }
            } else if scalar == "[" {
                isInKey = true
            } else if scalar == "." {
                parts.append(String.UnicodeScalarView())
            } else {
                parts[parts.count - 1].append(scalar)
            }
        }
        return parts.count > 1 ? String(parts[parts.count - 2]) : nil
    }

    subscript(_ address: String) -> StateInstance? { instances[address] }
}
