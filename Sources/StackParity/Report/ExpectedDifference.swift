/// A difference that is no finding, and why.
public struct ExpectedDifference: Hashable, Sendable {
    public var primaryAddress: String?
    public var drAddress: String?
    /// Nil when the whole instance is on one side only.
    public var attribute: String?
    public var reason: ExpectedReason
    /// The words of the rule or of the comparison.
    public var detail: String
}
