import ProviderSchema
import Reports
import StackParity
import StateComparison
import TerraformState

/// Compares stacks and makes the report of each pair.
struct DriftComparison {
    let schema: ProviderSchema
    let rules: DriftRules
    let mask: SecretMask
    let reveals: Bool
    let listsExpected: Bool
    /// The address of `--explain`.
    let explained: String?

    private(set) var pairs: [DriftReport.Pair] = []
    private(set) var explanation: DriftExplanation?
    private var stale: [[StaleRule]] = []

    init(schema: ProviderSchema, rules: DriftRules, mask: SecretMask, reveals: Bool, listsExpected: Bool, explained: String?) {
        self.schema = schema
        self.rules = rules
        self.mask = mask
        self.reveals = reveals
        self.listsExpected = listsExpected
        self.explained = explained
    }

    /// Two states that belong together.
    struct StatePair {
        var primary: ComparableState
        var dr: ComparableState
        /// Sets this pair's findings apart from those of other pairs; part of their ids.
        var scope: String?
    }

    /// Whole states, pair by pair; what one names of another of its side is followed.
    mutating func compare(_ states: [StatePair]) {
        let members = states.map { pair in
            (primary: Stack.Member(reference: pair.primary.reference, state: pair.primary.state), dr: Stack.Member(reference: pair.dr.reference, state: pair.dr.state))
        }
        let secrets = SecretCollection(of: reveals ? [] : states.flatMap { [$0.primary.state, $0.dr.state] })
        let reports = DeepStack.run { StackParity.compare(pairs: members, schema: schema, rules: rules.parity, options: options, workers: .deep) }
        let found = secrets.take()
        for (pair, parity) in zip(states, reports) { add(parity, pair, split: nil, found) }
    }

    /// Both stacks of one state.
    mutating func compare(_ split: StackSplit, of state: ComparableState) {
        let secrets = SecretCollection(of: reveals ? [] : [state.state])
        let parity = DeepStack.run { StackParity.compare(primary: split.primary, dr: split.dr, schema: schema, rules: rules.parity, options: options, workers: .deep) }
        add(parity, StatePair(primary: state, dr: state, scope: nil), split: "\(split.criterion)", secrets.take())
    }

    private var options: ParityOptions {
        ParityOptions(listsExpected: listsExpected, explained: Set(explained.map { [$0] } ?? []))
    }

    private mutating func add(_ parity: ParityReport, _ pair: StatePair, split: String?, _ secrets: StateComparison.KnownSecrets) {
        let (primaryState, drState, scope) = (pair.primary, pair.dr, pair.scope)
        let display = DriftDisplay(mask: mask, reveals: reveals, secrets: secrets, primary: [primaryState.state], dr: [drState.state])
        let findings = parity.findings.map { finding in
            var entry = display.entry(finding)
            if let scope { entry.id += "@\(scope)" }
            return entry
        }
        stale.append(parity.staleRules)
        pairs.append(
            DriftReport.Pair(
                primary: DriftReport.Side(reference: primaryState.reference, serial: primaryState.state.serial, instances: parity.instanceCounts.primary),
                dr: DriftReport.Side(reference: drState.reference, serial: drState.state.serial, instances: parity.instanceCounts.dr), split: split,
                findings: findings,
                expected: parity.expected.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { .init(reason: $0.key.rawValue, words: $0.key.words, count: $0.value) },
                expectedDifferences: listsExpected ? parity.expectedDifferences.map(display.expected) : [], counterparts: parity.counterparts.count,
                staleRules: parity.staleRules.map(rules.rule)))
        if let explained { explain(explained, parity, findings, display) }
    }

    /// A state that only one side has.
    mutating func add(_ pair: DriftReport.Pair) {
        pairs.append(pair)
    }

    private mutating func explain(_ address: String, _ parity: ParityReport, _ findings: [DriftReport.Entry], _ display: DriftDisplay) {
        let own = findings.filter { $0.primaryAddress == address || $0.drAddress == address }
        let expected = parity.expectedDifferences.filter { $0.primaryAddress == address || $0.drAddress == address }
        let pair = parity.counterparts.first { $0.primaryAddress == address || $0.drAddress == address }
        guard explanation == nil, pair != nil || !own.isEmpty || !expected.isEmpty else { return }
        explanation = DriftExplanation(
            address: address,
            counterpart: pair.map {
                .init(primaryAddress: $0.primaryAddress, drAddress: $0.drAddress, basis: $0.basis.rawValue, confidence: $0.confidence)
            }, findings: own, expected: expected.map(display.expected))
    }

    /// The rules that did nothing in any pair, and those whose day has passed.
    var staleRules: [DriftReport.Rule] {
        guard let first = stale.first else { return [] }
        var rules: [DriftReport.Rule] = []
        for rule in Set(stale.flatMap(\.self)).sorted(by: { ($0.index, $0.rule) < ($1.index, $1.rule) }) {
            let isIdle = first.contains { $0.rule == rule.rule && $0.index == rule.index }
                && stale.allSatisfy { $0.contains { $0.rule == rule.rule && $0.index == rule.index } }
            if rule.cause == .expired || isIdle, !rules.contains(where: { $0.rule == rule.rule && $0.reason == rule.reason }) {
                rules.append(self.rules.rule(rule))
            }
        }
        return rules
    }
}
