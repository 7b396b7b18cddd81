/// A restore of several states as a person reads it, before and after.
struct RestoreSeriesPage {
    let report: RestoreSeriesReport

    var page: ReportPage {
        let cautions = report.states.flatMap { state in (state.plan?.cautions ?? []).map { Notice(.caution, Phrase([.verbatim(state.reference), .words(": \($0)")])) } }
        let notices = cautions + report.states.flatMap(\.notices) + report.problems.map { Notice($0) }
        return ReportPage([.table(table)] + notices.map { .notice($0) }, summary: summary)
    }

    private var table: Table {
        Table(
            [
                Table.Column("STATE", fit: .middle), Table.Column(report.wasStarted ? "OUTCOME" : "PLAN"), Table.Column("NOW"), Table.Column("COMES"), Table.Column("SERIAL"),
                Table.Column("FORGOTTEN", expendability: 1), Table.Column("RETURNING", expendability: 1), Table.Column("UNDO", fit: .end, expendability: 2),
            ],
            rows: report.states.map { state in
                [
                    .verbatim(state.reference), .words(words(for: state), tone(of: state)), .words(state.plan.map { side($0.from) } ?? "-"), .words(state.plan.map { side($0.to) } ?? "-"),
                    .words(state.plan?.newSerial.map { "\($0)" } ?? "-"), .words(state.plan.map { "\($0.lost.count)" } ?? "-"),
                    .words(state.plan.map { "\($0.returning.count)" } ?? "-"), .verbatim(state.result?.undo ?? "-"),
                ]
            })
    }

    private func side(_ side: RestoreReport.Side?) -> String {
        guard let side else { return "nothing" }
        return side.serial.map { side.verdict == "ok" ? "serial \($0)" : "serial \($0), \(side.verdict)" } ?? side.verdict
    }

    private func words(for state: RestoreSeriesReport.State) -> String {
        switch state.status {
        case .planned: state.plan?.action == "digest" ? "digest" : state.plan?.action == "nothing" ? "release our lock" : "write"
        case .done: "done"
        case .unchanged: "right already"
        case .absent: "did not exist"
        case .failed: "failed"
        case .refused: "impossible"
        case .notStarted: "not begun"
        }
    }

    private func tone(of state: RestoreSeriesReport.State) -> Tone {
        switch state.status {
        case .done, .unchanged: .good
        case .failed, .refused: .bad
        case .notStarted: .caution
        case .planned, .absent: .plain
        }
    }

    private var summary: Phrase {
        let (done, unchanged, left) = (report.count(.done), report.count(.unchanged), report.count(.notStarted))
        if report.wasStarted {
            let figures = "\(Quantity.grouped(done)) restored and read back, \(Quantity.grouped(unchanged)) right already"
            if report.count(.failed) > 0 || left > 0 {
                return .words("\(figures), \(Quantity.grouped(report.count(.failed))) failed, \(Quantity.grouped(left)) not begun. The same command again goes on from there.", .bad)
            }
            return .words("\(figures).\(report.problems.isEmpty ? " Next: terraform plan" : "")", report.problems.isEmpty ? .good : .caution)
        }
        if report.count(.refused) > 0 { return .words("\(Quantity.count(report.count(.refused), "state", "states")) cannot be restored as wished; nothing was written.", .bad) }
        let planned = report.count(.planned)
        return planned == 0 ? .words("All states are right already; there is nothing to do.", .good) : .words("Would write \(Quantity.count(planned, "state", "states")); nothing was written.")
    }
}
