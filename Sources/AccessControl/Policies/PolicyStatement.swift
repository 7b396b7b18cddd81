internal import StateJSON

/// One statement of a policy.
public struct PolicyStatement: Sendable, Hashable {
    public enum Effect: Sendable, Hashable {
        case allow, deny
    }

    public let effect: Effect
    let principals: PolicyPrincipals?
    let actions: PolicyPatterns
    /// Nil in trust policies, which are about the role itself.
    let resources: PolicyPatterns?
    let conditions: [PolicyCondition]

    /// Whether it depends on circumstances.
    public var isConditional: Bool { !conditions.isEmpty }

    init?(_ value: JSONValue) {
        guard value.isObject else { return nil }
        switch value["Effect"]?.string {
        case "Allow": effect = .allow
        case "Deny": effect = .deny
        default: return nil
        }
        guard let actions = PolicyPatterns(value, "Action") else { return nil }
        self.actions = actions
        resources = PolicyPatterns(value, "Resource")
        principals = PolicyPrincipals(value)
        var conditions: [PolicyCondition] = []
        if let block = value["Condition"] {
            guard block.isObject else { return nil }
            for (name, keys) in block.members {
                guard keys.isObject else { return nil }
                for (key, values) in keys.members {
                    guard let texts = values.texts else { return nil }
                    conditions.append(PolicyCondition(operation: name.string, key: key.string.lowercased(), values: texts))
                }
            }
        }
        self.conditions = conditions
    }

    /// Whether the statement speaks of the request.
    func applicability(to request: PolicyRequest) -> Applicability {
        if let principals, let principal = request.principal, !principals.contain(principal) { return .no }
        guard actions.match(request.action, ignoringCase: true), resources?.match(request.resource) ?? true else { return .no }
        var open: Set<String> = []
        for condition in conditions {
            switch condition.holds(in: request.context) {
            case true?: continue
            case false?: return .no
            case nil: open.insert(condition.key)
            }
        }
        return open.isEmpty ? .yes : .perhaps(open)
    }

    enum Applicability: Hashable {
        case yes, no
        /// Depends on condition keys whose values are not known beforehand.
        case perhaps(Set<String>)
    }
}
