import Findings

/// Drift as a person reads it: the gravest first, what was put aside only counted.
struct DriftPage {
    let report: DriftReport
    let options: PageOptions

    var page: ReportPage {
        var blocks: [ReportBlock]
        if let explanation = report.explanation {
            blocks = explanation.blocks(options)
        } else {
            blocks = report.pairs.flatMap(self.blocks)
            if !report.staleRules.isEmpty { blocks += [.heading("Rules that can go"), .table(DriftTables.stale(report.staleRules))] }
        }
        blocks += report.notices.map { .notice($0) } + report.problems.map { .notice(Notice($0)) }
        return ReportPage(blocks, summary: DriftSummary(report).phrase)
    }

    private func blocks(of pair: DriftReport.Pair) -> [ReportBlock] {
        var blocks: [ReportBlock] = [.heading(pair.title)]
        let open = pair.findings.filter { !$0.isAccepted }
        if open.isEmpty {
            blocks.append(.paragraph(.words("In step: \(Quantity.count(pair.counterparts, "counterpart", "counterparts")), no findings.", .good)))
        } else {
            blocks += DriftTables.findings(DriftOrder.sorted(open), options)
        }
        if !pair.expected.isEmpty {
            let counts = pair.expected.map { "\($0.reason) \(Quantity.grouped($0.count))" }.joined(separator: ", ")
            blocks.append(.paragraph(.words("Expected differences: \(counts).", .faint)))
        }
        if !pair.expectedDifferences.isEmpty { blocks.append(.table(DriftTables.expected(pair.expectedDifferences))) }
        return blocks
    }
}

/// Findings by severity, then by component, then by address.
enum DriftOrder {
    static func sorted(_ findings: [DriftReport.Entry]) -> [DriftReport.Entry] {
        findings.sorted { ($1.severity, $0.componentTitle, $0.address, $0.attribute ?? "") < ($0.severity, $1.componentTitle, $1.address, $1.attribute ?? "") }
    }
}

/// The one line that says how things stand.
struct DriftSummary {
    private let report: DriftReport

    init(_ report: DriftReport) { self.report = report }

    var phrase: Phrase { .words(text, tone) }

    /// `4 findings (1 critical, 3 high) in 1 pair; 392 differences are expected; 2 accepted by the baseline.`
    var text: String {
        let open = report.open
        var text: String
        if open.isEmpty {
            text = report.pairs.isEmpty ? "Nothing could be compared" : "No findings"
        } else {
            let counts = Severity.allCases.reversed().compactMap { severity in
                let count = open.count { $0.severity == severity }
                return count > 0 ? "\(Quantity.grouped(count)) \(severity.rawValue)" : nil
            }
            text = "\(Quantity.count(open.count, "finding", "findings")) (\(counts.joined(separator: ", ")))"
        }
        if !report.pairs.isEmpty { text += " in \(Quantity.count(report.pairs.count, "pair", "pairs")) of stacks" }
        let expected = report.pairs.reduce(0) { $0 + $1.expectedCount }
        if expected > 0 { text += "; \(Quantity.count(expected, "difference is", "differences are")) expected" }
        if !report.accepted.isEmpty { text += "; \(Quantity.grouped(report.accepted.count)) accepted by the baseline" }
        if !report.problems.isEmpty { text += "; \(Quantity.count(report.problems.count, "problem", "problems"))" }
        return text + "."
    }

    var tone: Tone {
        if !report.problems.isEmpty { return .bad }
        guard let worst = report.open.map(\.severity).max() else { return .good }
        return DriftTables.tone(of: worst) == .plain ? .caution : DriftTables.tone(of: worst)
    }
}
