import Findings

/// Findings as rows, the gravest first.
enum FindingTable {
    static func table(of findings: [Finding]) -> Table {
        Table(
            [
                Table.Column("SEVERITY"), Table.Column("RULE", expendability: 1), Table.Column("WHERE", fit: .middle),
                Table.Column("WHAT", fit: .end), Table.Column("WHAT TO DO", fit: .end, expendability: 2),
            ],
            rows: findings.sorted { ($1.severity, $0.ruleID, $0.subject) < ($0.severity, $1.ruleID, $1.subject) }.map { finding in
                [
                    .words(finding.severity.rawValue, tone(of: finding.severity)), .verbatim(finding.ruleID.description),
                    .verbatim(finding.subject), .words(finding.message), .words(finding.remedy ?? ""),
                ]
            })
    }

    private static func tone(of severity: Severity) -> Tone {
        switch severity {
        case .critical, .high: .bad
        case .medium: .caution
        case .low, .info: .plain
        }
    }
}

extension Finding {
    /// A finding in a JSON document.
    var object: JSONObject {
        [
            "rule_id": .string(ruleID.description),
            "severity": .string(severity.rawValue),
            "subject": .string(subject),
            "message": .string(message),
            "remedy": .string(remedy),
            "component": .string(component),
        ]
    }
}
