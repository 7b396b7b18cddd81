/// The stable name of a rule, like `versioning.suspended`: dotted, lower case, never reused for another meaning.
///
/// Baselines, SARIF and dashboards key on it.
public struct RuleID: Hashable, Sendable, Codable, Comparable, CustomStringConvertible, ExpressibleByStringLiteral {
    public let description: String

    public init(_ name: String) {
        description = name
    }

    public init(stringLiteral name: String) {
        description = name
    }

    public init(from decoder: any Decoder) throws {
        description = try decoder.singleValueContainer().decode(String.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    public static func < (left: RuleID, right: RuleID) -> Bool {
        left.description < right.description
    }
}
