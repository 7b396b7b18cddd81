extension Failover {
    /// Whether the plan may be carried out at all.
    ///
    /// - Throws: ``FailoverError/primaryAnswers(site:)``; ``LockError/held(_:)`` for a lock that nobody has said to be dead.
    public func check(_ plan: FailoverPlan, _ options: FailoverOptions) throws {
        if plan.primaryView == .answers, !options.whilePrimaryAnswers, plan.states.contains(where: { $0.fence == nil && $0.obstacle == nil }) {
            throw FailoverError.primaryAnswers(site: plan.primary)
        }
        if let blocked = plan.unbrokenLocks.first { throw LockError.held(blocked.holder) }
    }

    /// Does what the plan says, state by state, and proves each. One that fails does not keep the others from being done.
    ///
    /// A state runs to its end when the task is cancelled.
    /// - Throws: what ``check(_:_:)`` throws; `CancellationError` between two states.
    public func execute(_ plan: FailoverPlan, options: FailoverOptions = FailoverOptions()) async throws -> FailoverResult {
        try check(plan, options)
        context.reached(.planned)
        var result = FailoverResult()
        for state in plan.states where state.obstacle == nil {
            try Task.checkCancellation()
            do {
                result.states.append(try await Task { try await FailoverRun(context: context, state: state, options: options).run() }.value)
            } catch {
                result.failures.append(FailoverResult.Failure(reference: state.reference, error: error))
            }
        }
        return result
    }
}
