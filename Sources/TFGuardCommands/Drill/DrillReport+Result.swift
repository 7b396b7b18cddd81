import Recovery
import Reports

extension DrillReport {
    /// A result as the report shows it.
    init(_ result: DrillResult, objective: Duration?, problems: [Problem]) {
        self.init(
            id: result.id, tool: "tfguard \(TFGuard.version)", who: OwnProcess.userAtHost, started: result.started, target: result.target, recoveryTime: result.recoveryTime,
            objective: objective, terraform: result.terraform, states: result.states.map(State.init), evidence: nil, notices: [],
            problems: problems
                + result.states.compactMap { state in state.failure.map { Problem(reference: state.reference, message: $0, hint: "tfguard doctor looks at it more closely.") } }
                + result.leftovers.map { Problem(reference: result.target, message: "could not be cleaned up: \($0)", hint: "Remove it by hand.") })
    }
}

extension DrillReport.State {
    init(_ state: DrillResult.State) {
        self.init(
            reference: state.reference, serial: state.serial, instances: state.instances, size: state.size, origin: state.origin, sha256: state.sha256,
            restoredSHA256: state.restoredSHA256, isRestored: state.isRestored, recoveryTime: state.recoveryTime,
            checks: state.checks.all.map { ($0.command, $0.outcome.status, $0.outcome.detail) }, failure: state.failure)
    }
}
