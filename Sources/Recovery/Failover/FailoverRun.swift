internal import Replication
internal import S3
internal import Sites
internal import StateJSON
internal import TerraformState
internal import Timestamps

/// The failover of one state.
struct FailoverRun {
    let context: FailoverContext
    let state: FailoverPlan.State
    let options: FailoverOptions
    private var fence: FailoverFence?
    private var lockID: String?
    private var done: FailoverResult.State

    init(context: FailoverContext, state: FailoverPlan.State, options: FailoverOptions) {
        (self.context, self.state, self.options) = (context, state, options)
        (fence, lockID) = (state.fence, state.fence?.lockID)
        done = FailoverResult.State(reference: state.reference)
    }

    consuming func run() async throws -> FailoverResult.State {
        for action in state.actions {
            switch action.kind {
            case .lockPrimary(let halves):
                lockID = try await holdPrimary(halves)
                context.reached(.primaryLocked)
            case .awaitArrival: try await awaitArrival()
            case .removeLock(let holder): try await remove(holder)
            case .blockedBy(let holder): throw LockError.held(holder)
            case .fence(let onPrimary):
                try await setFence(onPrimary: onPrimary)
                context.reached(onPrimary ? .primaryFenced : .fenced)
            case .seedDigest:
                try await seedDigest()
                context.reached(.digestSeeded)
            case .prove: try await prove()
            }
            switch action.kind {
            case .awaitArrival, .prove: break
            default: done.steps.append(action.title)
            }
        }
        context.reached(.examined)
        done.fence = fence
        return done
    }

    /// Takes the lock, or finds it held by an earlier run of the same failover.
    private func holdPrimary(_ halves: [LockHolder.Half]) async throws -> String {
        guard let primary = context.primary.side.site, let lock = context.lock(state.key, at: context.primary, looksEverywhere: false) else {
            throw FailoverError.primaryUnreachable(site: context.primary.name, reason: "no connection")
        }
        _ = try await lock.releaseAbandoned()
        let holders = try await lock.holders()
        if let stranger = holders.first(where: { !context.isFailoverLock($0) }) { throw LockError.held(stranger) }
        let info = LockInfo(
            id: holders.first?.info?.id ?? context.newID(), operation: Failover.lockOperation, info: Failover.lockText(dr: context.dr.side.settings), who: context.who,
            version: context.version, created: context.now(), path: "\(primary.settings.bucket)/\(state.key)")
        let held = Set(holders.map(\.half))
        for half in halves where !held.contains(half) { try await lock.half(half).acquire(info) }
        return info.id
    }

    /// Waits for the primary side's last version, and removes what replication makes of the lock that is held there.
    private mutating func awaitArrival() async throws {
        guard let primary = context.primary.side.site, let dr = context.dr.side.site else { return }
        let start = context.now()
        var awaitsLock = try await lockIsCarriedOver(primary)
        while true {
            if awaitsLock, try await removeReplicatedLock() { awaitsLock = false }
            let isThere = try await Arrival(from: primary, to: dr).isComplete(state.key)
            if isThere, !awaitsLock { return }
            let elapsed = context.now() - start
            // Where nobody says that the lock will be copied, it is not waited for longer than replication usually needs.
            if isThere, elapsed >= min(options.wait, .seconds(5)) || elapsed >= options.wait {
                done.notes.append("the lock held on \(primary.name) has not been seen on \(dr.name); should replication bring it later, run this command again: it removes it")
                return
            }
            if elapsed >= options.wait {
                guard options.acceptsLoss else { throw FailoverError.behind(reference: state.reference, versions: max(1, state.ledger.recoveryPoint.versionsAtRisk)) }
                done.notes.append("versions of \(primary.name) were left behind")
                return
            }
            try await context.sleep(.milliseconds(200))
        }
    }

    /// Whether replication may bring the lock file to the DR side.
    private func lockIsCarriedOver(_ primary: Site) async throws -> Bool {
        guard lockID != nil, let file = context.lock(state.key, at: context.primary, looksEverywhere: false)?.file, let holder = try await file.holder(), context.isFailoverLock(holder) else {
            return false
        }
        let status = try await primary.bucket.headObject(key: file.key).replicationStatus
        return status != nil || primary.settings.access.endpoints.s3 != nil
    }

    /// Removes the copy of our own lock from the DR side; false when it is not there.
    private func removeReplicatedLock() async throws -> Bool {
        guard let lock = context.lock(state.key, at: context.dr) else { return false }
        var removed = false
        for holder in try await lock.holders() where context.isFailoverLock(holder) {
            try await remove(holder)
            removed = true
        }
        return removed
    }

    private func remove(_ holder: LockHolder) async throws {
        guard let lock = context.lock(state.key, at: context.dr), let id = holder.info?.id else { return }
        do {
            try await lock.half(holder.half).release(id)
        } catch LockError.vanished {
            // Its delete marker came by replication: it is gone, which is what was wanted.
        }
        context.reached(.locksRemoved)
    }

    private mutating func setFence(onPrimary: Bool) async throws {
        guard let site = (onPrimary ? context.primary : context.dr).side.site else { return }
        var fence: FailoverFence
        if let known = self.fence {
            fence = known
        } else {
            fence = FailoverFence(
                id: context.newID(), key: state.key, from: try await side(context.primary), to: try await side(context.dr), created: context.now(), who: context.who,
                tool: "tfguard \(context.version)")
        }
        fence.lockID = lockID
        let store = FenceStore(site: site)
        let stored = try await store.read(state.key)
        if stored?.fence != fence { try await store.write(fence, over: stored) }
        self.fence = fence
    }

    /// A side as it is now; without a version when it does not answer.
    private func side(_ side: FailoverContext.Side) async throws -> FailoverFence.Side {
        var record = FailoverFence.Side(side.side.settings)
        let isDR = side.name == context.dr.name
        guard let site = side.side.site, isDR || state.primaryAnswers else { return record }
        do {
            let object = try await site.bucket.getObject(key: state.key, versionID: nil, into: StateBytes.Builder.self)
            let generation = ExaminedContent(object.bytes, sha256: object.sha256).generation
            (record.versionID, record.serial, record.lineage) = (object.head.versionID, generation?.serial, generation?.lineage)
        } catch let error as S3Error where error.kind == .noSuchKey || error.kind == .deleteMarker {}
        return record
    }

    /// Writes the digest of what is current, under the DR side's own lock.
    private func seedDigest() async throws {
        guard let dr = context.dr.side.site, let lock = context.lock(state.key, at: context.dr, looksEverywhere: false), let table = lock.table else { return }
        let info = LockInfo(
            id: context.newID(), operation: Failover.lockOperation, info: context.process.text, who: context.who, version: context.version, created: context.now(),
            path: "\(dr.settings.bucket)/\(state.key)")
        try await lock.acquire(info)
        do {
            let object = try await dr.bucket.getObject(key: state.key, versionID: nil, into: StateBytes.Builder.self)
            try await table.setDigest(StateDoctor.md5(object.bytes))
        } catch {
            try? await lock.release(info.id)
            throw error
        }
        try await lock.release(info.id)
    }

    /// Looks at the DR side as Terraform will.
    private mutating func prove() async throws {
        guard let dr = context.dr.side.site else { return }
        _ = try await removeReplicatedLock()
        let examination = try await StateDoctor(catalog: context.catalog, site: dr, dynamoDB: context.dr.dynamoDB, now: context.now).examine(
            SiteReference(site: dr.name, key: state.key))
        done.verdict = examination.verdict
        guard [.ok, .suspect, .encrypted].contains(examination.verdict) else {
            throw FailoverError.notProven(reference: state.reference, reason: examination.symptoms.first?.message ?? examination.verdict.rawValue)
        }
        if let failure = examination.failures.first { throw FailoverError.notProven(reference: state.reference, reason: "\(failure.reference): \(failure.message)") }
        if let holder = examination.holders?.first { throw LockError.held(holder) }
        if let digest = examination.digest, !digest.matches {
            throw FailoverError.notProven(reference: state.reference, reason: "the digest is \(digest.stored ?? "absent"), the state's is \(digest.actual ?? "unknown")")
        }
    }
}
