internal import Sites
internal import Snapshots

extension StateRestore {
    /// Does what the plan says, under the site's locks, and proves it.
    ///
    /// Runs to its end when the task is cancelled: stopping half way would leave locks behind.
    /// - Parameter heldLock: the ID of a lock on the state that the caller holds already, and goes on holding: a failback works
    ///   under the lock of its failover. Then no lock is taken, and none released.
    /// - Throws: ``LockError/held(_:)`` when somebody is at work; ``RestoreError``; the errors of S3, DynamoDB and the vault.
    ///   Unless the error says otherwise the state is as it was, and the lock is released.
    public func execute(_ plan: RestorePlan, operation: String = "tfguard-restore", heldLock: String? = nil) async throws -> RestoreResult {
        try await Task { try await perform(plan, operation, heldLock) }.value
    }

    private func perform(_ plan: RestorePlan, _ operation: String, _ heldLock: String?) async throws -> RestoreResult {
        context.reached(.planned)
        let lock = StateLock(of: plan.key, at: context.site, dynamoDB: context.dynamoDB)
        let everywhere = StateLock(of: plan.key, at: context.site, dynamoDB: context.dynamoDB, looksEverywhere: true)
        let abandoned = try await everywhere.releaseAbandoned()
        let broken = try await breakLock(plan.brokenLock, everywhere)
        // A lock file also counts where the site's settings do not name it: somebody locks with it.
        let holders = try await everywhere.holders()
        if let holder = holders.first(where: { heldLock == nil || $0.info?.id != heldLock }) { throw LockError.held(holder) }
        if let heldLock {
            guard !holders.isEmpty else { throw LockError.vanished(place: lock.mechanisms.joined(separator: ", "), id: heldLock) }
            var result = try await RestoreWrite(context: context, plan: plan).run()
            result.abandonedLocks = abandoned
            return result
        }
        let info = LockInfo(
            id: context.newID(), operation: operation, info: context.process.text, who: context.who, version: context.version, created: context.now(),
            path: "\(context.site.settings.bucket)/\(plan.key)")
        try await lock.acquire(info, exclusion: plan.guarding.lockExclusion) { context.reached(.halfLocked) }
        var result: RestoreResult
        do {
            context.reached(.locked)
            result = try await RestoreWrite(context: context, plan: plan).run()
        } catch {
            do { try await lock.release(info.id) } catch let second {
                throw RestoreError.lockLeft(reference: plan.reference, id: info.id, reason: "\(second)", after: "\(error)")
            }
            throw error
        }
        result.abandonedLocks = abandoned
        result.brokenLocks = broken
        do {
            try await lock.release(info.id) { context.reached(.halfUnlocked) }
        } catch {
            result.failures.append("the lock \(info.id) could not be released: \(error)")
        }
        context.reached(.unlocked)
        return result
    }

    /// Takes the lock of that ID from its holder, both halves; nothing when it is gone already.
    private func breakLock(_ id: String?, _ lock: StateLock) async throws -> [LockHolder] {
        guard let id, !(try await lock.holders().isEmpty) else { return [] }
        return try await lock.breakLock(id)
    }
}
