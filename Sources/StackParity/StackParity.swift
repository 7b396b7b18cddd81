public import ProviderSchema

/// Parity of a primary and a DR stack: which differences would hurt on the day of the failover?
///
/// Two stacks made by the same code in two regions differ in hundreds of attributes, and nearly all of them must. The
/// comparison pairs the instances of both sides, learns from the pairs how the primary's texts turn into DR's, and reports
/// what neither these replacements nor a rule explains. Swapping the two stacks mirrors the result: missing and extra change
/// places, values too; what "names the primary" then is what names the stack that was given first.
public enum StackParity {
    /// Compares two stacks.
    ///
    /// - Parameters:
    ///   - schema: attribute flags; `.builtIn` knows AWS, `.none` works too, with more to read.
    ///   - rules: the user's mappings and accepted differences.
    ///   - workers: the threads that share the work; the result does not depend on how many there are.
    public static func compare(
        primary: Stack, dr: Stack, schema: ProviderSchema = .builtIn, rules: ParityRules = ParityRules(), options: ParityOptions = ParityOptions(), workers: Workers = .one
    ) -> ParityReport {
        reports(primary, dr, schema, rules, options, workers, keepsMembers: false)[0]
    }

    /// Compares two stacks of several states each, state by state. What one state names of another of its side (a subnet of
    /// the network's state, a key of the security state) is followed across them.
    /// - Returns: one report for each pair of states, in their order.
    public static func compare(
        pairs: [(primary: Stack.Member, dr: Stack.Member)], schema: ProviderSchema = .builtIn, rules: ParityRules = ParityRules(), options: ParityOptions = ParityOptions(),
        workers: Workers = .one
    ) -> [ParityReport] {
        reports(Stack(pairs.map(\.primary)), Stack(pairs.map(\.dr)), schema, rules, options, workers, keepsMembers: true)
    }

    private static func reports(
        _ primary: Stack, _ dr: Stack, _ schema: ProviderSchema, _ rules: ParityRules, _ options: ParityOptions, _ workers: Workers, keepsMembers: Bool
    ) -> [ParityReport] {
        var index = IdentityIndex()
        let base = ComparisonBase(primary: primary, dr: dr, schema: schema, keepsMembers: keepsMembers, workers: workers, index: &index)
        var run = ComparisonRun(base, index: index, rules: rules, options: options)
        index = IdentityIndex()
        var reports = run.reports()
        // A list in another order is seen only by what differs; each look may set right what the next one builds on.
        for _ in 0..<4 {
            guard let order = run.betterOrder() else { break }
            // Words that the last look learned belong to nobody: they do no harm in the next.
            run = ComparisonRun(base, index: run.learner.index, rules: rules, options: options, order: order)
            reports = run.reports()
        }
        return reports
    }

    /// How `address` (of either side) was paired, and what became of each of its differing attributes.
    /// - Returns: nil when neither side has the address.
    public static func explain(_ address: String, primary: Stack, dr: Stack, schema: ProviderSchema = .builtIn, rules: ParityRules = ParityRules()) -> Explanation? {
        let report = compare(primary: primary, dr: dr, schema: schema, rules: rules, options: ParityOptions(explained: [address]))
        let findings = report.findings.filter { $0.primaryAddress == address || $0.drAddress == address }
        let expected = report.expectedDifferences.filter { $0.primaryAddress == address || $0.drAddress == address }
        let counterpart = report.counterparts.first { $0.primaryAddress == address || $0.drAddress == address }
        if findings.isEmpty, expected.isEmpty, counterpart == nil { return nil }
        return Explanation(address: address, counterpart: counterpart, findings: findings, expected: expected)
    }
}
