internal import Findings
internal import ProviderSchema
internal import StateJSON
internal import TerraformState

/// One comparison from start to end: pair, learn, pair again with what was learned, compare, judge.
struct ComparisonRun {
    let base: ComparisonBase
    var primary: Side { base.primary }
    var dr: Side { base.dr }
    let options: ParityOptions
    private(set) var pairing: Pairing
    private(set) var learner: Learner
    var ledger: RuleLedger
    /// One report, or one for each pair of states.
    var results: [ParityReport] = []
    /// Pairs that an earlier look found to fit better than their indexes say.
    let order: [Int: Int]
    /// Pairs with differences, and how many.
    var differing: [Int: Int] = [:]
    /// What the pairs were compared with.
    private(set) var context: ComparisonContext?
    private var learnedPrimaries: [Bool]

    /// - Parameter index: who owns which text; handed over, since it is large and grows.
    init(_ base: ComparisonBase, index: consuming IdentityIndex, rules: ParityRules, options: ParityOptions, order: [Int: Int] = [:]) {
        self.base = base
        self.options = options
        learner = Learner(primary: base.primary, dr: base.dr, index: index, workers: base.workers)
        pairing = Pairing(primary: base.primary, dr: base.dr, keepsMembers: base.keepsMembers)
        results = Array(repeating: ParityReport(), count: base.keepsMembers ? base.memberCount : 1)
        ledger = RuleLedger(rules)
        learnedPrimaries = Array(repeating: false, count: base.primary.instances.count)
        learner.learnHomes()
        ledger.noteMappings(pairing.byMap(rules.map))
        self.order = order
        pairing.byDecree(order)
    }

    mutating func reports() -> [ParityReport] {
        pair()
        compare()
        judgeUnpaired()
        let correspondences = CorrespondenceList.of(learner, renames: pairing.renames)
        for number in results.indices {
            sortAndNumber(&results[number].findings)
            results[number].staleRules = ledger.stale
            results[number].correspondences = correspondences
        }
        for i in primary.instances.indices { results[part(of: i)].instanceCounts.primary += 1 }
        for j in dr.instances.indices { results[part(ofDR: j)].instanceCounts.dr += 1 }
        listCounterparts()
        return results
    }

    private mutating func listCounterparts() {
        let primary = primary, dr = dr, table = pairing.table, pairs = table.pairs
        let lists = base.workers.map(pairs.count, size: 4096, state: {}) { _, range in
            pairs[range].compactMap { i, j in
                table.ofPrimary[i].map { Counterpart(primaryAddress: primary.address(of: i), drAddress: dr.address(of: j), basis: $0.basis, confidence: $0.confidence) }
            }
        }
        for ((i, _), counterpart) in zip(pairs, lists.joined()) { results[part(of: i)].counterparts.append(counterpart) }
    }

    /// Number of the report that an instance belongs to.
    func part(of i: Int) -> Int { pairing.keepsMembers ? Int(primary.instances[i].member) : 0 }
    func part(ofDR j: Int) -> Int { pairing.keepsMembers ? Int(dr.instances[j].member) : 0 }

    // MARK: Pairing and learning

    private mutating func pair() {
        pairing.byIdentity(base.common)
        pairing.byTwin(learner.index)
        pairing.byZoneOrder(onlyWhole: true)
        pairing.byAddress()
        pairing.byRegion(learner.learned)
        pairing.byRename()
        pairing.byZoneOrder(onlyWhole: false)
        var known = 0
        for _ in 0..<3 {
            // Learn from the pairs that are new since the last round.
            let fresh = newPairs(after: &known)
            learner.learn(from: fresh)
            learner.learnPlacement(from: fresh)
            let texts = TextCanon(learned: learner.learned, index: learner.index)
            let before = pairing.table.count
            pairing.byToken(texts)
            pairing.byName(texts)
            pairing.byTwin(learner.index)
            pairing.byRoot()
            pairing.byPosition(learner.index, texts)
            if pairing.table.count == before { break }
        }
        pairing.byKind()
        let fresh = newPairs(after: &known)
        learner.learn(from: fresh)
        learner.learnPlacement(from: fresh)
        learner.learnTags(from: pairing.table.pairs)
    }

    private mutating func newPairs(after known: inout Int) -> [(Int, Int)] {
        let pairs = known == 0 ? pairing.table.pairs : pairing.table.pairs.filter { !learnedPrimaries[$0.0] }
        for pair in pairs { learnedPrimaries[pair.0] = true }
        known += pairs.count
        return pairs
    }

    // MARK: Comparing

    /// Pairs that a worker compares at a time.
    private static let portion = 256

    func makeContext() -> ComparisonContext {
        ComparisonContext(primary: primary, dr: dr, table: pairing.table, index: learner.index, learned: learner.learned)
    }

    private mutating func compare() {
        let context = makeContext(), pairs = pairing.table.pairs, common = base.common, options = options
        self.context = context
        let portions = base.workers.map(pairs.count, size: Self.portion, state: { Comparator(context) }) { comparator, range in
            var portion = ComparedPairs()
            for (i, j) in pairs[range] {
                if common.isCommon(context.primary.instances[i], context.dr.instances[j]) {
                    if !context.primary.instances[i].isData { portion.common.append(i) }
                    continue
                }
                let isWanted = options.listsExpected || !options.explained.isEmpty && (options.explained.contains(context.primary.address(of: i)) || options.explained.contains(context.dr.address(of: j)))
                comparator.compare(i, j, keepsExpectations: isWanted)
                portion.take(comparator, i, j)
            }
            return portion
        }
        judge(portions)
    }

    // MARK: Results

    mutating func report(_ finding: DriftFinding, type: String, _ part: Int) {
        if let rule = ledger.rule(for: finding, type: type) {
            accept(finding, rule.reason, rule.detail, part)
        } else {
            results[part].findings.append(finding)
        }
    }

    mutating func accept(_ finding: DriftFinding, _ reason: ExpectedReason, _ detail: String, _ part: Int) {
        results[part].expected[reason, default: 0] += 1
        let isWanted = options.listsExpected || [finding.primaryAddress, finding.drAddress].contains { $0.map(options.explained.contains) ?? false }
        guard isWanted else { return }
        results[part].expectedDifferences.append(ExpectedDifference(primaryAddress: finding.primaryAddress, drAddress: finding.drAddress, attribute: finding.attribute, reason: reason, detail: detail))
    }

    private func sortAndNumber(_ findings: inout [DriftFinding]) {
        findings.sort { left, right in
            if left.severity != right.severity { return left.severity > right.severity }
            if left.address != right.address { return left.address < right.address }
            return (left.attribute ?? "") < (right.attribute ?? "")
        }
        Judge.number(&findings)
    }
}
