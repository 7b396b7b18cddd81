/// Why one instance was matched and judged as it was.
public struct Explanation: Sendable {
    public var address: String
    /// Nil when the instance has no counterpart.
    public var counterpart: Counterpart?
    public var findings: [DriftFinding]
    public var expected: [ExpectedDifference]
}
