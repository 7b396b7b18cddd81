/// One condition of a statement: an operator, a key of the request's context, and the values it is compared with.
struct PolicyCondition: Sendable, Hashable {
    let operation: String
    /// Lower case: condition keys know no case.
    let key: String
    let values: [String]

    /// Whether it holds; nil when that depends on what is not known beforehand.
    func holds(in context: [String: String]) -> Bool? {
        guard let value = context[key] else { return nil }
        // `…IfExists` and the set operators mean the same for a key that is there with one value.
        var name = operation.hasSuffix("IfExists") ? String(operation.dropLast("IfExists".count)) : operation
        if let colon = name.firstIndex(of: ":") { name = String(name[name.index(after: colon)...]) }
        return switch name {
        case "StringEquals": values.contains(value)
        case "StringNotEquals": !values.contains(value)
        case "StringEqualsIgnoreCase": values.contains { $0.lowercased() == value.lowercased() }
        case "StringLike", "ArnLike", "ArnEquals": values.contains { PolicyPatterns.matches($0, value) }
        case "StringNotLike", "ArnNotLike", "ArnNotEquals": !values.contains { PolicyPatterns.matches($0, value) }
        default: nil
        }
    }
}
