public import Timestamps

/// What `tfguard restore` plans and did with several states.
public struct RestoreSeriesReport: Report {
    /// The moment whose versions come, when one was given.
    public var asOf: Timestamp?
    /// In the order in which they are restored.
    public var states: [State]
    /// False for a dry run, and when nothing was begun.
    public var wasStarted: Bool
    public var wasInterrupted: Bool

    /// One state.
    public struct State: Sendable {
        public enum Status: String, Sendable {
            case planned, done, failed, refused
            /// It is as it should be already.
            case unchanged
            /// There was no such state then.
            case absent
            /// Another one failed before.
            case notStarted = "not_started"
        }

        public var reference: String
        public var status: Status
        /// Nil when it could not be planned, and when there was nothing to plan.
        public var plan: RestoreReport.Plan?
        public var result: RestoreReport.Result?
        public var notices: [Notice] = []
        public var problems: [Problem] = []
        /// Of a state that failed or was refused.
        public var exitStatus: ExitStatus = .failure

        public init(reference: String, status: Status, plan: RestoreReport.Plan?) {
            self.reference = reference
            self.status = status
            self.plan = plan
        }
    }

    public init(asOf: Timestamp?, states: [State], wasStarted: Bool, wasInterrupted: Bool) {
        self.asOf = asOf
        self.states = states
        self.wasStarted = wasStarted
        self.wasInterrupted = wasInterrupted
    }

    public var command: String { "restore" }
    public var problems: [Problem] { states.flatMap(\.problems) }

    /// How many have that status.
    public func count(_ status: State.Status) -> Int { states.count { $0.status == status } }

    public var status: ExitStatus {
        if wasInterrupted, count(.notStarted) > 0 { return .interrupted }
        if let failed = states.first(where: { $0.status == .failed }) { return count(.done) > 0 ? .partial : failed.exitStatus }
        if let refused = states.first(where: { $0.status == .refused }) { return refused.exitStatus }
        return problems.isEmpty ? .success : .partial
    }

    public var body: JSONObject {
        [
            "as_of": .string(asOf?.rfc3339),
            "states": .objects(states.map(\.object)),
            "summary": .object([
                "planned": .integer(count(.planned)), "done": .integer(count(.done)), "unchanged": .integer(count(.unchanged)), "absent": .integer(count(.absent)),
                "failed": .integer(count(.failed)), "refused": .integer(count(.refused)), "not_started": .integer(count(.notStarted)),
            ]),
        ]
    }

    public func page(_ options: PageOptions) -> ReportPage {
        RestoreSeriesPage(report: self).page
    }
}

extension RestoreSeriesReport.State {
    var object: JSONObject {
        [
            "reference": .string(reference), "status": .string(status.rawValue), "plan": plan.map { .object($0.object) } ?? .null,
            "result": result.map { .object($0.object) } ?? .null, "notices": .objects(notices.map(\.object)), "problems": .objects(problems.map(\.object)),
        ]
    }
}
