internal import AWSEndpoints
internal import AccessControl

/// What a role may do with a key: a key's policy decides alone when it names the role, and leaves it to the policies of
/// the role when it names the account. Over the border of accounts both must agree.
/// (https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html)
struct KeyAccess {
    let key: KMSKey
    let policy: PolicyDocument
    /// The role's ARN.
    let role: String
    let rolePolicies: [PolicyDocument]

    func verdict(on request: PolicyRequest) -> PolicyVerdict {
        let byRole = rolePolicies.verdict(on: request)
        let direct = verdict(of: .identity(arn: role), on: request)
        let delegated = verdict(of: .account(account), on: request)
        if [byRole, direct, delegated].contains(.denied) { return .denied }
        let isForeign = AmazonResourceName(key.arn)?.account != account
        if direct == .allowed, !isForeign { return .allowed }
        let byKey = direct == .notAllowed ? delegated : direct
        switch (byKey, byRole) {
        case (.allowed, .allowed): return .allowed
        case (.notAllowed, _): return .notAllowed
        case (_, .notAllowed): return !isForeign && direct != .notAllowed ? direct : .notAllowed
        case (.conditional(let left), .conditional(let right)): return .conditional(on: left.union(right))
        case (.conditional(let keys), _), (_, .conditional(let keys)): return .conditional(on: keys)
        default: return .notAllowed
        }
    }

    /// Whether the key's policy leaves the decision to the account of the role, or names the role.
    func isDelegated(_ action: String) -> Bool {
        [PolicyPrincipal.account(account), .identity(arn: role)].contains { principal in
            switch verdict(of: principal, on: PolicyRequest(action, on: key.arn)) {
            case .allowed, .conditional: true
            case .notAllowed, .denied: false
            }
        }
    }

    private func verdict(of principal: PolicyPrincipal, on request: PolicyRequest) -> PolicyVerdict {
        var request = request
        request.principal = principal
        return [policy].verdict(on: request)
    }

    private var account: String { AmazonResourceName(role)?.account ?? "" }
}
