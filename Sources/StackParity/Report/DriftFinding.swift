public import Findings

/// A difference between two stacks that a person should act on.
public struct DriftFinding: Hashable, Sendable {
    /// Stable across runs while the finding stands: made of class, addresses and attribute, never of values.
    public var id: String
    public var findingClass: FindingClass
    public var ruleID: RuleID
    public var severity: Severity
    /// Nil for an extra instance.
    public var primaryAddress: String?
    /// Nil for a missing instance.
    public var drAddress: String?
    /// Full path, `rule[0].schedule`, `tags["Owner"]`; nil for a missing, extra or unmatched instance.
    public var attribute: String?
    public var primaryValue: DriftValue
    public var drValue: DriftValue
    /// In words; never holds a sensitive value.
    public var reason: String
    /// The DR plan's component that it endangers.
    public var component: String?
    /// The object is tainted or was only partly applied: the state may hold a planned value.
    public var isUncertain: Bool

    /// The address to show first: the primary's, or DR's when only DR has the instance.
    public var address: String { primaryAddress ?? drAddress ?? "" }
    /// The first segment of `attribute`.
    public var topLevelAttribute: String? {
        attribute.map { String($0.prefix { $0 != "." && $0 != "[" }) }
    }
}
