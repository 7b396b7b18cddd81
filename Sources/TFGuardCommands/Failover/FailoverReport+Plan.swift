import Recovery
import Replication
import Reports
import Snapshots
import Timestamps

extension FailoverSession {
    /// A plan as the report shows it.
    func report(of plan: FailoverPlan) -> FailoverReport {
        var report = FailoverReport(
            command: "failover", primary: plan.primary, dr: plan.dr, primaryView: "unknown", knownAsOf: nil, states: plan.states.map { row($0, plan) },
            files: rows(plan.backendFiles), cautions: plan.cautions,
            problems: plan.problems.map { Problem(reference: $0.reference, message: $0.message, hint: $0.hint ?? "") })
        switch plan.primaryView {
        case .answers: report.primaryView = "answers"
        case .vault(let time): (report.primaryView, report.knownAsOf) = ("vault", time)
        case .unknown: break
        }
        // A state that is left out makes the run a partial one, also when it is done.
        report.problems += plan.states.compactMap { state in state.obstacle.map { Problem(reference: state.reference, message: $0.message, hint: $0.hint) } }
        return report
    }

    private func row(_ state: FailoverPlan.State, _ plan: FailoverPlan) -> FailoverStateRow {
        var row = FailoverStateRow(reference: state.reference, verdict: state.examination.verdict.rawValue)
        let current = state.examination.current
        row.serial = current?.serial ?? state.examination.lastGood.flatMap { $0.versionID == current?.versionID ? $0.serial : nil } ?? state.ledger.recoveryPoint.serial
        row.lastModified = current?.lastModified
        row.versionsAtRisk = plan.primaryView == .unknown ? nil : state.fence == nil ? state.ledger.recoveryPoint.versionsAtRisk : 0
        if state.fence == nil, let loss = state.ledger.loss {
            row.lostSerials = loss.serials
            row.lostResources = loss.resources.map { "\($0.address) (\($0.action))" }
        }
        row.holders = (state.examination.holders ?? []).map { LockHolderRow($0, now: .now()) }
        row.fenceID = state.fence?.id
        row.actions = state.actions.map { FailoverStateRow.Action($0.title, $0.requests) }
        row.obstacle = state.obstacle?.message
        row.remedy = state.obstacle?.hint ?? state.rescue
        return row
    }

    /// Takes over what was done.
    func take(_ result: FailoverResult, into report: inout FailoverReport) {
        report.isDone = true
        for done in result.states {
            guard let index = report.states.firstIndex(where: { $0.reference == done.reference }) else { continue }
            report.states[index].outcome = done.steps.isEmpty ? "in order" : done.steps.joined(separator: ", ")
            report.states[index].verdict = done.verdict.rawValue
            report.states[index].fenceID = done.fence?.id
            report.states[index].holders = []
            report.notices += done.notes.map { Notice(.caution, Phrase([.verbatim(done.reference), .words(": \($0)")])) }
        }
        for failure in result.failures {
            let problems = Complaint(failure.error).problems.map { Problem(reference: failure.reference, message: $0.message, hint: $0.hint) }
            report.problems += problems
            guard let index = report.states.firstIndex(where: { $0.reference == failure.reference }) else { continue }
            report.states[index].obstacle = problems.first?.message
            report.states[index].remedy = problems.first?.hint
        }
    }
}
