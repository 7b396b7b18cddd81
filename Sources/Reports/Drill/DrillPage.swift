internal import Timestamps

/// A drill as a person, and an auditor, reads it.
struct DrillPage {
    let report: DrillReport

    var page: ReportPage {
        var facts = [
            Fact("drill", .verbatim(report.id)), Fact("begun", .words(report.started.rfc3339)), Fact("by", .verbatim("\(report.who), \(report.tool)")),
            Fact("restored to", .verbatim(report.target)), Fact("recovery time", .words(Quantity.duration(report.recoveryTime))),
        ]
        if let objective = report.objective, let isInTime = report.isInTime {
            facts.append(Fact("objective", .words("\(Quantity.duration(objective)): \(isInTime ? "met" : "missed")", isInTime ? .good : .bad)))
        }
        facts.append(Fact("Terraform", report.terraform.map { .verbatim($0) } ?? "not there: its checks were left out"))
        var blocks: [ReportBlock] = [.heading("Restore drill"), .facts(facts), .table(table)]
        blocks += failures
        blocks += report.notices.map { .notice($0) } + report.problems.map { .notice(Notice($0)) }
        if let evidence = report.evidence { blocks += Self.blocks(of: evidence) }
        return ReportPage(blocks, summary: summary)
    }

    private var table: Table {
        Table(
            [
                Table.Column("STATE", fit: .middle), Table.Column("SERIAL", .right), Table.Column("SIZE", .right), Table.Column("FROM"), Table.Column("BYTES"), Table.Column("TIME", .right),
                Table.Column("LIST"), Table.Column("SHOW"), Table.Column("PLAN"), Table.Column("SHA-256", fit: .end, expendability: 1),
            ],
            rows: report.states.map { state in
                [
                    .verbatim(state.reference), .words(state.serial.map { "\($0)" } ?? "-"), .words(Quantity.bytes(state.size)), .words(state.origin.isEmpty ? "-" : state.origin),
                    state.isRestored ? .words("identical", .good) : .words("not restored", .bad), .words(Quantity.duration(state.recoveryTime)),
                ] + (0..<3).map { index in
                    let status = index < state.checks.count ? state.checks[index].status : "-"
                    return .words(status, status == "passed" ? .good : status == "failed" ? .bad : .plain)
                } + [.verbatim(state.sha256)]
            })
    }

    /// Why a check failed or was left out, once for each reason.
    private var failures: [ReportBlock] {
        var seen: Set<String> = []
        var blocks: [ReportBlock] = []
        for state in report.states {
            for check in state.checks where check.status == "failed" {
                blocks.append(.notice(Notice(.bad, Phrase([.verbatim(state.reference), .words(": \(check.command): \(check.detail)")]))))
            }
            for check in state.checks where check.status == "skipped" && seen.insert("\(check.command) \(check.detail)").inserted {
                blocks.append(.notice(Notice(.plain, .words("\(check.command) was left out: \(check.detail)"))))
            }
        }
        return blocks
    }

    private static func blocks(of evidence: DrillReport.Evidence) -> [ReportBlock] {
        [
            .facts([
                Fact("evidence", .verbatim(evidence.document)), Fact("for people", .verbatim(evidence.markdown)), Fact("signed by", .verbatim(evidence.publicKeySHA256)),
                Fact("public key", .verbatim(evidence.publicKey)),
            ]),
            .paragraph("Anybody who has the public key from you checks the signatures with:"),
            .listing(evidence.checks.map { ListingLine(.none, .verbatim($0)) }),
        ]
    }

    private var summary: Phrase {
        let restored = report.states.count(where: \.isRestored)
        let words = "\(restored) of \(Quantity.count(report.states.count, "state", "states")) restored byte for byte in \(Quantity.duration(report.recoveryTime))"
        switch report.status {
        case .success: return .words(words + ". Nothing was left behind.", .good)
        case .findings: return .words(words + (report.isInTime == false ? "; the objective was missed." : "; Terraform found something."), .bad)
        default: return .words(words + ".", .bad)
        }
    }
}
