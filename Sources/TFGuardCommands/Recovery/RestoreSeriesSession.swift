import Logging
import Recovery
import Reports
import Timestamps

/// The way of a restore of many states: one plan over all, one question, one after the other, stop at the first failure.
struct RestoreSeriesSession {
    let workflow: RestoreSession
    let request: RestoreRequest

    func outcome(of targets: [RestoreSeries.Target]) async throws -> CommandOutcome {
        var series = try await RestoreSeries(planning: targets)
        if workflow.isDryRun { return .report(report(series)) }
        if let refusal = refusal(of: series) { return .report(refusal) }
        let pending = report(series).count(.planned)
        guard pending > 0 else { return .report(report(series)) }
        if !workflow.assumesYes { try workflow.show(report(series)) }
        try workflow.session.confirm("Write \(Quantity.count(pending, "state", "states"))?", assumeYes: workflow.assumesYes)
        let log = workflow.session.log
        await series.execute { number, reference in log.info("restoring", metadata: ["state": "\(reference)", "number": "\(number)"]) }
        try await awaitReplication(&series)
        return .report(report(series, wasStarted: true))
    }

    /// Nothing is begun as long as one of them cannot be done: a half restored site is worse than a broken one.
    private func refusal(of series: RestoreSeries) -> RestoreSeriesReport? {
        var refused = report(series)
        for (index, item) in series.items.enumerated() {
            guard case .planned(let plan) = item.outcome, let holder = plan.obstacles.first else { continue }
            refused.states[index].setFailure(Complaint(LockError.held(holder)), status: .refused)
        }
        guard refused.states.contains(where: { $0.status == .refused }) else { return nil }
        return refused
    }

    private func awaitReplication(_ series: inout RestoreSeries) async throws {
        let start = Timestamp.now()
        for index in series.items.indices {
            guard case .done(let plan, let result) = series.items[index].outcome, plan.action == .write else { continue }
            let rest = max(.zero, workflow.replicationWait - (Timestamp.now() - start))
            series.setReplicated(try await series.items[index].target.restore.awaitReplication(of: result, plan, limit: rest), at: index)
        }
    }

    private func report(_ series: RestoreSeries, wasStarted: Bool = false) -> RestoreSeriesReport {
        let now = Timestamp.now()
        return RestoreSeriesReport(
            asOf: request.moment, states: series.items.map { RestoreSeriesReport.State($0, now: now) }, wasStarted: wasStarted, wasInterrupted: wasStarted && Task.isCancelled)
    }
}

extension RestoreSeriesReport.State {
    init(_ item: RestoreSeries.Item, now: Timestamp) {
        let reference = "\(item.target.reference)"
        switch item.outcome {
        case .planned(let plan): self.init(reference: plan.reference, status: .planned, plan: .init(plan, now: now))
        case .unchanged(let plan):
            self.init(reference: plan.reference, status: .unchanged, plan: .init(plan, now: now))
            result = RestoreReport.Result(unchanged: plan)
        case .absent(let reason):
            self.init(reference: reference, status: .absent, plan: nil)
            notices = [Notice(.plain, .words("\(reference): left alone, \(reason)"))]
        case .refused(let error):
            self.init(reference: reference, status: .refused, plan: nil)
            setFailure(Complaint(error), status: .refused)
        case .done(let plan, let done):
            self.init(reference: plan.reference, status: .done, plan: .init(plan, now: now))
            result = RestoreReport.Result(done)
            notices = RestoreReport.notices(of: done)
            problems = RestoreReport.problems(of: done, plan.reference)
        case .failed(let plan, let error):
            self.init(reference: plan.reference, status: .failed, plan: .init(plan, now: now))
            setFailure(Complaint(error), status: .failed)
        case .notStarted(let plan): self.init(reference: plan.reference, status: .notStarted, plan: .init(plan, now: now))
        }
    }

    /// Notes why the state was not restored.
    mutating func setFailure(_ complaint: Complaint, status: Status) {
        self.status = status
        exitStatus = complaint.status
        problems = complaint.problems.map { Problem(reference: $0.reference.isEmpty ? reference : $0.reference, message: $0.message, hint: $0.hint) }
    }
}
