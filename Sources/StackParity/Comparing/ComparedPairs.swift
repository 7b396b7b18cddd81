/// What came of comparing consecutive pairs.
struct ComparedPairs: Sendable {
    /// A pair with something to tell.
    struct Pair: Sendable {
        var i: Int
        var j: Int
        var differences: [Difference]
        var expectations: [Comparator.Expectation]
        var externalUses: [Comparator.ExternalUse]
    }

    private(set) var pairs: [Pair] = []
    /// How many expected differences there are by reason, summed up for neighbours of one state; with the first of these.
    private(set) var reasons: [(i: Int, counts: [Int])] = []
    private var member: Int32 = -1
    /// Instances that are their own counterparts.
    var common: [Int] = []

    mutating func take(_ comparator: Comparator, _ i: Int, _ j: Int) {
        if !comparator.reasons.isEmpty {
            let state = comparator.context.primary.instances[i].member
            if state != member {
                member = state
                reasons.append((i, Array(repeating: 0, count: ExpectedReason.allCases.count)))
            }
            for reason in comparator.reasons { reasons[reasons.count - 1].counts[reason.ordinal] += 1 }
        }
        if comparator.differences.isEmpty, comparator.expectations.isEmpty, comparator.externalUses.isEmpty { return }
        pairs.append(Pair(i: i, j: j, differences: comparator.differences, expectations: comparator.expectations, externalUses: comparator.externalUses))
    }
}
