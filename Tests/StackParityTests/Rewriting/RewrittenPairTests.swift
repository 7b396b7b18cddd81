import Foundation
import StackParity
import Testing

/// The corpus's pairs in other regions, accounts, partitions, names and layouts: what is true of them stays true.
@Suite(.enabled(if: Corpus.isPresent, "corpus not found: set TFGUARD_SHARED"))
struct RewrittenPairTests {
    /// Pairs that each variant is tried on; all of them with `TFGUARD_ALL_VARIANTS`.
    static func pairs(for number: Int, oneStateToo: Bool) -> [String] {
        let names = CorpusParityTests.names.filter { oneStateToo || !$0.hasPrefix("b") }
        guard ProcessInfo.processInfo.environment["TFGUARD_ALL_VARIANTS"] == nil else { return names }
        return (0..<2).map { names[(number * 5 + $0 * 7) % names.count] }
    }

    @Test(arguments: RewriteVariants.all.indices.map { $0 })
    func `a rewritten pair gives the findings of the pair`(number: Int) throws {
        let variant = RewriteVariants.all[number]
        for name in Self.pairs(for: number, oneStateToo: variant.appliesToOneState) {
            var pair = try RewrittenPair(name)
            try variant.rewrite(&pair)
            let outcome = try pair.outcome()
            #expect(outcome.missed == [], "\(name), \(variant.name)")
            #expect(outcome.noise == [], "\(name), \(variant.name)")
        }
    }

    @Test func `more than fifty worlds are tried, under names of their own`() {
        #expect(RewriteVariants.all.count > 50)
        #expect(Set(RewriteVariants.all.map(\.name)).count == RewriteVariants.all.count)
    }

    /// Whether nothing of the kind is expected or found there: then both states say the same.
    private static func isEqual(_ entry: [String], in report: ParityReport) -> Bool {
        entry[0] == "attr" && entry[2] == "replication_configuration" && !report.expectedDifferences.contains { $0.primaryAddress == entry[1] && $0.attribute?.hasPrefix(entry[2]) == true }
    }

    @Test(arguments: CorpusParityTests.names)
    func `what is intended stays visible with the expected differences`(name: String) throws {
        let pair = try RewrittenPair(name)
        let report = try pair.report(.init(listsExpected: true))
        let listed = Set(report.expectedDifferences.flatMap { item in
            [item.primaryAddress, item.drAddress].compactMap { $0 }.flatMap { address in
                item.attribute.map { ["attr \(address) \($0.prefix { $0 != "." && $0 != "[" })"] } ?? ["missing \(address) ", "extra \(address) "]
            }
        })
        let found = Set(report.findings.map(CorpusParityTests.key))
        // What DR lacks altogether has no attributes to show, and what both states say alike is no difference.
        let intended = (pair.truth.intended ?? []).filter { !found.contains("missing \($0[1]) ") && !Self.isEqual($0, in: report) }
        let hidden = Set(intended.map { $0.joined(separator: " ") }).subtracting(listed).subtracting(found)
        #expect(hidden == [])
    }
}
