internal import S3
public import Sites
internal import Snapshots
internal import StateJSON

/// Several states put back: one plan over all of them, then one restore after the other in the order given, up to the first
/// failure. A second run goes on where the first one stopped, since a state that is as it should be is left alone.
public struct RestoreSeries: Sendable {
    /// One state and the version that is to come.
    public struct Target: Sendable {
        public var restore: StateRestore
        public var reference: SiteReference
        public var version: VersionSelector
        /// The key that is written to, where it is not that of the same name.
        public var destination: String?
        public var permissions: RestorePermissions
        /// Leave a state alone that did not exist at the wanted time.
        public var allowsAbsence: Bool

        public init(
            restore: StateRestore, reference: SiteReference, version: VersionSelector, destination: String? = nil, permissions: RestorePermissions = .init(),
            allowsAbsence: Bool = false
        ) {
            self.restore = restore
            self.reference = reference
            self.version = version
            self.destination = destination
            self.permissions = permissions
            self.allowsAbsence = allowsAbsence
        }

        func plan() async throws -> RestorePlan {
            try await restore.plan(reference, to: version, at: destination, allowing: permissions)
        }
    }

    /// A target and what became of it.
    public struct Item: Sendable {
        public let target: Target
        public var outcome: Outcome
    }

    /// Plans hold no bytes here: a thousand states would not fit in memory. They are made again when their turn comes.
    public enum Outcome: Sendable {
        case planned(RestorePlan)
        /// It is as it should be already.
        case unchanged(RestorePlan)
        /// There was no such state at the wanted time: what is there now is left alone.
        case absent(reason: String)
        /// It cannot be planned.
        case refused(any Error)
        case done(RestorePlan, RestoreResult)
        case failed(RestorePlan, any Error)
        /// Another one failed before, or the run was interrupted.
        case notStarted(RestorePlan)
    }

    public private(set) var items: [Item] = []

    /// Plans that are made at once; each reads a history.
    private static let atOnce = 4

    /// Plans all; writes no state.
    ///
    /// - Throws: `CancellationError` only; what cannot be planned is in ``items``.
    public init(planning targets: [Target]) async throws {
        var outcomes = [Outcome?](repeating: nil, count: targets.count)
        try await withThrowingTaskGroup(of: (Int, Outcome).self) { group in
            for (index, target) in targets.enumerated() {
                if index >= Self.atOnce, let (done, outcome) = try await group.next() { outcomes[done] = outcome }
                group.addTask { (index, try await Self.outcome(planning: target)) }
            }
            for try await (done, outcome) in group { outcomes[done] = outcome }
        }
        items = zip(targets, outcomes).compactMap { target, outcome in outcome.map { Item(target: target, outcome: $0) } }
    }

    private static func outcome(planning target: Target) async throws -> Outcome {
        do {
            var plan = try await target.plan()
            plan.bytes = StateBytes([])
            return plan.isSettled ? .unchanged(plan) : .planned(plan)
        } catch let error as CancellationError {
            throw error
        } catch let error as ReferenceError where target.allowsAbsence {
            guard case .noSuchVersion(_, let detail) = error.reason else { return .refused(error) }
            return .absent(reason: detail)
        } catch {
            return .refused(error)
        }
    }

    /// Carries the plans out, one after the other; after a failure, or when the task is cancelled, the rest is left alone.
    ///
    /// - Parameter began: told the number of each state, from 1, and its reference.
    public mutating func execute(operation: String = "tfguard-restore", began: (Int, String) -> Void = { _, _ in }) async {
        var stopped = false
        for index in items.indices {
            guard case .planned(let plan) = items[index].outcome else { continue }
            guard !stopped, !Task.isCancelled else {
                items[index].outcome = .notStarted(plan)
                continue
            }
            began(index + 1, plan.reference)
            do {
                let fresh = try await items[index].target.plan()
                guard fresh.promisesSame(as: plan) else {
                    throw RestoreError.changedSincePlan(
                        reference: plan.reference, planned: plan.current?.versionID ?? "(none)", found: fresh.current?.versionID ?? "(none)")
                }
                items[index].outcome = .done(plan, try await items[index].target.restore.execute(fresh, operation: operation))
            } catch {
                items[index].outcome = .failed(plan, error)
                stopped = true
            }
        }
    }

    /// Notes whether a state's replica has it.
    public mutating func setReplicated(_ isReplicated: Bool?, at index: Int) {
        guard case .done(let plan, var result) = items[index].outcome else { return }
        result.isReplicated = isReplicated
        items[index].outcome = .done(plan, result)
    }
}

extension RestorePlan {
    /// Whether nothing has to be done, not even to take away a lock that a run of ours left behind.
    public var isSettled: Bool { action == .nothing && !holders.contains(where: \.isAbandoned) }

    /// Whether both lead to the same state from the same one.
    func promisesSame(as other: RestorePlan) -> Bool {
        key == other.key && action == other.action && newSHA256 == other.newSHA256 && current?.versionID == other.current?.versionID
            && current?.etag == other.current?.etag
    }
}
