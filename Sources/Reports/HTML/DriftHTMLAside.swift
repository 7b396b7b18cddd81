import Findings

/// What is no finding, folded: expected differences, what the baseline accepted, rules that can go, the explanation asked for.
struct DriftHTMLAside {
    let report: DriftReport

    var text: String {
        [explanation, expected, accepted, stale].filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private func fold(_ title: String, _ content: String) -> String {
        "<details><summary>\(HTMLText.escape(title))</summary>\(content)</details>"
    }

    private func table(_ titles: [String], _ rows: [[String]]) -> String {
        let head = titles.map { "<th>\(HTMLText.escape($0))</th>" }.joined()
        let body = rows.map { "<tr>" + $0.map { "<td>\(HTMLText.escape($0))</td>" }.joined() + "</tr>" }.joined(separator: "\n")
        return "<div class=\"wide\"><table><thead><tr>\(head)</tr></thead><tbody>\(body)</tbody></table></div>"
    }

    private var expected: String {
        report.pairs.filter { !$0.expected.isEmpty }.map { pair in
            let counts = table(["Reason", "Meaning", "Differences"], pair.expected.map { [$0.reason, $0.words, Quantity.grouped($0.count)] })
            let entries = pair.expectedDifferences.isEmpty ? "" : table(["Reason", "Resource", "Attribute", "Because"], pair.expectedDifferences.map(row))
            let name = report.pairs.count > 1 ? " of \(pair.title)" : ""
            return fold("Expected differences\(name): \(Quantity.grouped(pair.expectedCount))", counts + entries)
        }.joined(separator: "\n")
    }

    private func row(_ entry: DriftReport.ExpectedEntry) -> [String] {
        [entry.reason, entry.primaryAddress ?? entry.drAddress ?? "", entry.attribute ?? "(whole instance)", entry.detail]
    }

    private var accepted: String {
        guard !report.accepted.isEmpty else { return "" }
        let rows = DriftOrder.sorted(report.accepted).map { [$0.severity.rawValue, $0.address, $0.attribute ?? "(\($0.findingClass))", $0.reason] }
        return fold("Accepted by the baseline: \(Quantity.grouped(report.accepted.count))", table(["Severity", "Resource", "Attribute", "Why"], rows))
    }

    private var stale: String {
        guard !report.staleRules.isEmpty else { return "" }
        let rows = report.staleRules.map { [$0.rule, $0.cause, $0.reason, $0.place ?? ""] }
        return fold("Rules that can go: \(Quantity.grouped(report.staleRules.count))", table(["Rule", "Cause", "Reason", "Place"], rows))
    }

    private var explanation: String {
        guard let explanation = report.explanation else { return "" }
        let pair = explanation.counterpart.map { "\($0.primaryAddress) ↔ \($0.drAddress): \($0.basis), confidence \($0.percent) %" } ?? "no counterpart"
        return "<section><h2>\(HTMLText.escape(explanation.address))</h2><p>\(HTMLText.escape(pair))</p>"
            + table(["Reason", "Resource", "Attribute", "Because"], explanation.expected.map(row)) + "</section>"
    }
}
