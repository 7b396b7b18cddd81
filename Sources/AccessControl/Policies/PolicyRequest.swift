/// A request that policies are asked about.
public struct PolicyRequest: Sendable, Hashable {
    /// `s3:ReplicateObject`.
    public var action: String
    public var resource: String
    /// Nil for policies of an identity, which are about that identity alone.
    public var principal: PolicyPrincipal?
    /// What is known of the circumstances: values by condition key, lower case.
    public var context: [String: String]

    public init(_ action: String, on resource: String, by principal: PolicyPrincipal? = nil, context: [String: String] = [:]) {
        (self.action, self.resource, self.principal, self.context) = (action, resource, principal, context)
    }
}

/// What policies make of a request.
public enum PolicyVerdict: Sendable, Hashable {
    case allowed
    /// Depends on condition keys whose values are not known beforehand.
    case conditional(on: Set<String>)
    /// No statement allows it.
    case notAllowed
    /// A statement forbids it, whatever others allow.
    case denied
}

extension Sequence<PolicyDocument> {
    /// The verdict of all of them together: one `Deny` decides, else one `Allow` is enough.
    /// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html)
    public func verdict(on request: PolicyRequest) -> PolicyVerdict {
        var isAllowed = false
        var mayAllow: Set<String> = []
        var mayDeny: Set<String> = []
        for statement in flatMap(\.statements) {
            switch (statement.effect, statement.applicability(to: request)) {
            case (_, .no): continue
            case (.deny, .yes): return .denied
            case (.deny, .perhaps(let keys)): mayDeny.formUnion(keys)
            case (.allow, .yes): isAllowed = true
            case (.allow, .perhaps(let keys)): mayAllow.formUnion(keys)
            }
        }
        if isAllowed { return mayDeny.isEmpty ? .allowed : .conditional(on: mayDeny) }
        return mayAllow.isEmpty ? .notAllowed : .conditional(on: mayAllow.union(mayDeny))
    }
}
