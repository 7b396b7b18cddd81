extension Failback {
    /// Whether the plan may be carried out at all.
    ///
    /// - Throws: ``LockError/held(_:)`` when somebody is at work on either side.
    public func check(_ plan: FailbackPlan) throws {
        if let held = plan.heldLocks.first { throw LockError.held(held.holder) }
    }

    /// Does what the plan says, state by state, and proves each. One that fails does not keep the others from being done.
    ///
    /// A state runs to its end when the task is cancelled.
    /// - Throws: what ``check(_:)`` throws; `CancellationError` between two states.
    public func execute(_ plan: FailbackPlan) async throws -> FailoverResult {
        try check(plan)
        let sites = try sites()
        context.reached(.planned)
        var result = FailoverResult()
        for state in plan.states where state.obstacle == nil {
            try Task.checkCancellation()
            do {
                result.states.append(try await Task { try await FailbackRun(failback: self, state: state, primary: sites.primary, dr: sites.dr).run() }.value)
            } catch {
                result.failures.append(FailoverResult.Failure(reference: state.reference, error: error))
            }
        }
        return result
    }
}
