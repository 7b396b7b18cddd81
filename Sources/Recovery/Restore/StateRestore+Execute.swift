internal import Findings
internal import TerraformState
internal import Timestamps
internal import Cryptography
internal import S3
internal import Sites
internal import Snapshots
internal import StateJSON

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
        // A lock file also counts where the site's settings do not name it: somebody locks with it.
        let holders = try await everywhere.holders()
        if let holder = holders.first(where: { heldLock == nil || $0.info?.id != heldLock }) { throw LockError.held(holder) }
        if let heldLock {
            guard !holders.isEmpty else { throw LockError.vanished(place: lock.mechanisms.joined(separator: ", "), id: heldLock) }
            var result = try await write(plan)
            result.abandonedLocks = abandoned
            return result
        }
        let info = LockInfo(
            id: context.newID(), operation: operation, info: context.process.text, who: context.who, version: context.version, created: context.now(),
            path: "\(context.site.settings.bucket)/\(plan.key)")
        try await lock.acquire(info) { context.reached(.halfLocked) }
        var result: RestoreResult
        do {
            context.reached(.locked)
            result = try await write(plan)
        } catch {
            do { try await lock.release(info.id) } catch let second {
                throw RestoreError.lockLeft(reference: plan.reference, id: info.id, reason: "\(second)", after: "\(error)")
            }
            throw error
        }
        result.abandonedLocks = abandoned
        do {
            try await lock.release(info.id) { context.reached(.halfUnlocked) }
        } catch {
            result.failures.append("the lock \(info.id) could not be released: \(error)")
        }
        context.reached(.unlocked)
        return result
    }

    /// Everything that happens under the lock.
    private func write(_ plan: RestorePlan) async throws -> RestoreResult {
        try await checkUnchanged(plan)
        var result = RestoreResult(
            versionID: plan.current?.versionID, serial: plan.newSerial, sha256: plan.bytes.withUnsafeBytes { SHA256.hash($0) }.hex, abandonedLocks: [], failures: [], notes: [])
        if plan.action == .write {
            let kept = try await CurrentKeeping(context: context, plan: plan).keep()
            result.undo = kept.undo
            result.notes += kept.notes
            context.reached(.backedUp)
            let outcome = try await context.site.bucket.putObject(
                key: plan.key, plan.bytes[0..<plan.bytes.count], conditions: plan.conditions, attributes: plan.attributes)
            result.versionID = outcome.versionID
            if outcome.certainty == .readBack { result.notes.append("the answer to the write was lost; reading back showed that it was done") }
            context.reached(.written)
        }
        if let digest = plan.digestAfter {
            try await writeDigest(digest, plan, result.versionID)
            result.digestUpdated = true
            context.reached(.digestWritten)
        }
        try await prove(plan, result)
        context.reached(.proven)
        return result
    }

    /// Whether what is current is still what the plan was made from.
    private func checkUnchanged(_ plan: RestorePlan) async throws {
        let planned = plan.current.flatMap { $0.isDeleteMarker ? nil : $0 }
        var found: S3ObjectHead?
        do {
            found = try await context.site.bucket.headObject(key: plan.key)
        } catch let error as S3Error where error.kind == .noSuchKey || error.kind == .deleteMarker {}
        let isSame = planned?.etag == found?.etag && (found?.versionID == nil || planned?.versionID == found?.versionID || planned?.versionID == "null")
        guard isSame else {
            throw RestoreError.changedSincePlan(reference: plan.reference, planned: planned?.versionID ?? "(none)", found: found?.versionID ?? found?.etag ?? "(none)")
        }
    }

    private func writeDigest(_ digest: String, _ plan: RestorePlan, _ versionID: String?) async throws {
        let table = StateLock(of: plan.key, at: context.site, dynamoDB: context.dynamoDB).table
        do {
            try await table?.setDigest(digest)
        } catch {
            throw RestoreError.digestNotWritten(reference: plan.reference, versionID: versionID ?? "current", reason: "\(error)")
        }
    }

    /// Reads the current version back, as Terraform will.
    private func prove(_ plan: RestorePlan, _ result: RestoreResult) async throws {
        let object = try await context.site.bucket.getObject(key: plan.key, versionID: nil)
        guard object.sha256.hex == result.sha256 else {
            throw RestoreError.notProven(reference: plan.reference, reason: "SHA-256 \(object.sha256.hex) instead of \(result.sha256)")
        }
        if let written = result.versionID, let found = object.head.versionID, written != found {
            throw RestoreError.notProven(reference: plan.reference, reason: "version \(found) is current, \(written) was written")
        }
    }
}
