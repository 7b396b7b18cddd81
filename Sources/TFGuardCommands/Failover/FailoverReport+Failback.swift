import Recovery
import Reports
import Snapshots
import Timestamps

extension FailoverSession {
    /// A plan as the report shows it.
    func report(of plan: FailbackPlan) -> FailoverReport {
        FailoverReport(
            command: "failback", primary: plan.primary, dr: plan.dr, primaryView: "answers", knownAsOf: nil, states: plan.states.map(row), files: rows(plan.backendFiles),
            cautions: plan.cautions,
            problems: plan.states.compactMap { state in state.obstacle.map { Problem(reference: state.reference, message: $0.message, hint: $0.hint) } })
    }

    private func row(_ state: FailbackPlan.State) -> FailoverStateRow {
        var row = FailoverStateRow(reference: state.reference, verdict: state.examination.verdict.rawValue)
        row.serial = state.restore?.to.serial ?? state.writtenOnDR.compactMap(\.serial).max() ?? state.fence?.to.serial
        row.newSerial = state.restore?.newSerial
        row.lastModified = state.writtenOnDR.first?.lastModified
        row.versionsAtRisk = state.writtenOnPrimary.count
        row.lostSerials = state.writtenOnPrimary.compactMap(\.serial)
        row.holders = (state.examination.holders ?? []).map { LockHolderRow($0, now: .now()) }
        row.fenceID = state.fence?.id
        row.actions = state.actions.map { FailoverStateRow.Action($0.title, $0.requests) }
        row.forgotten = state.forgotten.map { RestoreReport.Instance(address: $0.address, id: $0.id, remedy: $0.importBlock) }
        row.obstacle = state.obstacle?.message
        row.remedy = state.obstacle?.hint
        return row
    }
}
