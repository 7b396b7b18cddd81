import Findings
import Foundation
import StackParity
import TerraformState
import Testing

/// Every pair of the corpus against its truth.
@Suite(.enabled(if: Corpus.isPresent, "corpus not found: set TFGUARD_SHARED"))
struct CorpusParityTests {
    /// What these stacks have by design, beyond the shipped rules. The bar allows eight.
    static let rules = [
        IgnoreRule(type: "aws_backup_plan", findingClass: .missing, reason: "one backup plan copies to the vault in DR"),
    ]

    struct Outcome {
        var missed: [String] = []
        var noise: [String] = []
        var visible: Set<String> = []
    }

    static func stacks(_ name: String) throws -> (Stack, Stack) {
        let folder = Corpus.pairs.appending(path: name)
        let both = folder.appending(path: "both.tfstate")
        if FileManager.default.fileExists(atPath: both.path) {
            let split = try #require(StackSplit(try Corpus.state(both)))
            return (split.primary, split.dr)
        }
        let own = folder.appending(path: "primary.tfstate")
        let primary = FileManager.default.fileExists(atPath: own.path) ? own : Corpus.pairs.appending(path: "primary-base.tfstate")
        return (Stack(try Corpus.state(primary)), Stack(try Corpus.state(folder.appending(path: "dr.tfstate"))))
    }

    /// `kind address attribute` in the words of the truth file: the address on the primary side.
    static func key(_ finding: DriftFinding) -> String {
        switch finding.findingClass {
        case .missing, .unmatched: "missing \(finding.primaryAddress ?? "") "
        case .extra: "extra \(finding.drAddress ?? "") "
        default: "attr \(finding.address) \(finding.topLevelAttribute ?? "")"
        }
    }

    static func judge(_ report: ParityReport, _ truth: PairTruth) -> Outcome {
        let found = Set(report.findings.map(key))
        let real = Set(truth.real.map { $0.joined(separator: " ") })
        let allowed = real.union((truth.also ?? []).map { $0.joined(separator: " ") })
        return Outcome(missed: real.subtracting(found).sorted(), noise: found.subtracting(allowed).sorted(), visible: found)
    }

    static let names: [String] = {
        guard Corpus.isPresent, let data = try? Data(contentsOf: Corpus.pairs.appending(path: "truth.json")),
            let truth = try? JSONDecoder().decode([String: PairTruth].self, from: data) else { return [] }
        return truth.keys.sorted()
    }()

    static func truth() throws -> [String: PairTruth] {
        try JSONDecoder().decode([String: PairTruth].self, from: Data(contentsOf: Corpus.pairs.appending(path: "truth.json")))
    }

    @Test(arguments: names)
    func `swapping the sides mirrors what is missing, extra and changed`(name: String) throws {
        let (primary, dr) = try Self.stacks(name)
        let bare = ParityRules(usesDefaults: false)
        func keys(_ report: ParityReport, swapped: Bool) -> Set<String> {
            Set(report.findings.filter { $0.findingClass != .namesThePrimary && $0.findingClass != .wrongReference }.map { finding in
                let mirrored: FindingClass = swapped ? (finding.findingClass == .missing ? .extra : finding.findingClass == .extra ? .missing : finding.findingClass) : finding.findingClass
                return "\(mirrored.rawValue) \((swapped ? finding.drAddress : finding.primaryAddress) ?? "") \((swapped ? finding.primaryAddress : finding.drAddress) ?? "") \(finding.topLevelAttribute ?? "")"
            })
        }
        let forth = keys(StackParity.compare(primary: primary, dr: dr, rules: bare), swapped: false)
        let back = keys(StackParity.compare(primary: dr, dr: primary, rules: bare), swapped: true)
        // Global objects count as shared only where the other side uses them; what one side names of the other depends on the roles.
        let odd = forth.symmetricDifference(back).filter { !$0.contains("aws_iam_") && !$0.contains("aws_route53_") && !$0.hasPrefix("changed") }
        #expect(odd == [])
        #expect(StackParity.compare(primary: primary, dr: primary).findings.isEmpty)
    }

    @Test(arguments: names)
    func `every real finding is reported and nothing else`(name: String) throws {
        let (primary, dr) = try Self.stacks(name)
        let report = StackParity.compare(primary: primary, dr: dr, rules: ParityRules(ignore: Self.rules))
        let outcome = Self.judge(report, try #require(try Self.truth()[name]))
        #expect(outcome.missed == [])
        #expect(outcome.noise == [])
        if ProcessInfo.processInfo.environment["TFGUARD_SHOW"] != nil {
            print("== \(name): \(report.findings.count) findings, missed \(outcome.missed.count), noise \(outcome.noise.count), expected \(report.expected.sorted { $0.key < $1.key }.map { "\($0.key.rawValue) \($0.value)" }.joined(separator: ", "))")
            for finding in report.findings {
                print("  \(finding.severity.rawValue) \(finding.ruleID) \(finding.primaryAddress ?? "-") | \(finding.drAddress ?? "-") \(finding.attribute ?? "") \(finding.primaryValue) <> \(finding.drValue): \(finding.reason) [\(finding.component ?? "")]".prefix(420))
            }
        }
    }
}
