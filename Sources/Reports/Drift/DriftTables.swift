import Findings

/// The tables of a drift report.
enum DriftTables {
    /// A table as long as it is readable: on a terminal too narrow for one, a paragraph a finding.
    static func findings(_ findings: [DriftReport.Entry], _ options: PageOptions) -> [ReportBlock] {
        var table = table(of: findings, isDetailed: options.isDetailed)
        if !options.isDetailed { table.widthInPipes = widthInPipes }
        guard let width = options.width, width < narrow || options.isDetailed,
            TableFit(table, cells: table.rows.map { $0.map(\.visible) }, width: nil).total > width
        else { return [.table(table)] }
        let paragraphs = DriftParagraphs(width: width, isDetailed: options.isDetailed)
        return findings.map { .listing(paragraphs.lines(of: $0)) }
    }

    /// Below this many columns, seven shortened ones tell nothing any more.
    private static let narrow = 140
    private static let widthInPipes = 160

    private static func table(of findings: [DriftReport.Entry], isDetailed: Bool) -> Table {
        var columns = [
            Table.Column("SEVERITY"), Table.Column("COMPONENT", fit: .end, expendability: 2, smallest: 16), Table.Column("RESOURCE", fit: .middle, smallest: 36),
            Table.Column("ATTRIBUTE", fit: .middle, smallest: 24), Table.Column("PRIMARY", fit: .end, smallest: 16), Table.Column("DR", fit: .end, smallest: 16),
            Table.Column("WHY", fit: .end, expendability: 1, smallest: 24),
        ]
        if isDetailed { columns += [Table.Column("RULE", expendability: 3), Table.Column("ID", expendability: 4)] }
        return Table(
            columns,
            rows: findings.map { finding in
                var row: [Phrase] = [
                    .words(finding.severity.rawValue, tone(of: finding.severity)), .words(finding.componentTitle), finding.addresses,
                    finding.attribute.map { .verbatim($0) } ?? .words("(\(finding.findingClass))"), finding.primaryValue.phrase(isDetailed: isDetailed),
                    finding.drValue.phrase(isDetailed: isDetailed), .words(finding.reason + (finding.isUncertain ? " (uncertain: tainted or partly applied)" : "")),
                ]
                if isDetailed { row += [.verbatim(finding.ruleID.description), .verbatim(finding.id)] }
                return row
            })
    }

    static func expected(_ entries: [DriftReport.ExpectedEntry]) -> Table {
        Table(
            [Table.Column("REASON"), Table.Column("RESOURCE", fit: .middle), Table.Column("ATTRIBUTE", fit: .middle), Table.Column("BECAUSE", fit: .end, expendability: 1)],
            rows: entries.map { entry in
                [
                    .words(entry.reason), .verbatim(entry.primaryAddress ?? entry.drAddress ?? ""),
                    entry.attribute.map { .verbatim($0) } ?? .words("(whole instance)"), .words(entry.detail),
                ]
            })
    }

    static func stale(_ rules: [DriftReport.Rule]) -> Table {
        Table(
            [Table.Column("RULE", fit: .middle), Table.Column("CAUSE"), Table.Column("REASON", fit: .end, expendability: 1), Table.Column("PLACE", fit: .middle, expendability: 2)],
            rows: rules.map { [.verbatim($0.rule), .words($0.cause), .words($0.reason), .verbatim($0.place ?? "")] })
    }

    static func tone(of severity: Severity) -> Tone {
        switch severity {
        case .critical, .high: .bad
        case .medium: .caution
        case .low, .info: .plain
        }
    }
}
