internal import AWSEndpoints
internal import StateJSON

/// Who makes a request.
public enum PolicyPrincipal: Sendable, Hashable {
    /// A service of AWS, such as `s3.amazonaws.com`.
    case service(String)
    /// A role or user by its ARN: named itself, not through its account.
    case identity(arn: String)
    /// An account as a whole: who names it leaves the decision to the account's own policies.
    case account(String)
    /// Anybody at all.
    case everybody
}

/// `Principal` or `NotPrincipal` of a statement.
struct PolicyPrincipals: Sendable, Hashable {
    private let isEverybody: Bool
    private let services: [String]
    private let identities: [String]
    private let isExclusion: Bool

    /// - Returns: nil when the statement names none, as in policies of an identity.
    init?(_ statement: JSONValue) {
        let isExclusion = statement["Principal"] == nil
        guard let value = statement["Principal"] ?? statement["NotPrincipal"] else { return nil }
        self.isExclusion = isExclusion
        identities = value.isObject ? value["AWS"]?.texts ?? [] : []
        services = value.isObject ? value["Service"]?.texts ?? [] : []
        isEverybody = value.string == "*" || identities.contains("*")
    }

    func contain(_ principal: PolicyPrincipal) -> Bool {
        let isNamed =
            switch principal {
            case .everybody: isEverybody
            case .service(let name): isEverybody || services.contains(name)
            case .identity(let arn): isEverybody || identities.contains(arn)
            case .account(let id): isEverybody || identities.contains { Self.isAccount($0, id) }
            }
        return isNamed != isExclusion
    }

    /// `111122223333` and `arn:aws:iam::111122223333:root` say the same.
    private static func isAccount(_ text: String, _ id: String) -> Bool {
        if text == id { return true }
        guard let name = AmazonResourceName(text) else { return false }
        return name.service == "iam" && name.account == id && name.resource == "root"
    }
}
