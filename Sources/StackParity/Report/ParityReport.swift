/// What `StackParity.compare` found.
public struct ParityReport: Sendable {
    /// Most severe first, then by address and attribute.
    public var findings: [DriftFinding] = []
    /// How many expected differences there are, by reason.
    public var expected: [ExpectedReason: Int] = [:]
    /// Every expected difference; filled when `ParityOptions.listsExpected` is set.
    public var expectedDifferences: [ExpectedDifference] = []
    public var counterparts: [Counterpart] = []
    public var correspondences: [Correspondence] = []
    public var staleRules: [StaleRule] = []
    /// Instances of each side, data sources included.
    public var instanceCounts: (primary: Int, dr: Int) = (0, 0)
}
