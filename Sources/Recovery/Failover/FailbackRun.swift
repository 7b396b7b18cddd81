internal import Cryptography
internal import Replication
internal import S3
internal import Sites
internal import StateJSON

/// The failback of one state.
struct FailbackRun {
    private let failback: Failback
    private let state: FailbackPlan.State
    private let primary: Site
    private let dr: Site
    private var fence: FailoverFence?
    private var drLockID: String?
    private var done: FailoverResult.State

    private var context: FailoverContext { failback.context }

    init(failback: Failback, state: FailbackPlan.State, primary: Site, dr: Site) {
        (self.failback, self.state, self.primary, self.dr) = (failback, state, primary, dr)
        fence = state.fence
        done = FailoverResult.State(reference: state.reference, verdict: state.examination.verdict)
    }

    consuming func run() async throws -> FailoverResult.State {
        // What a killed run left behind goes first, also when nothing else is to be done.
        for side in [context.primary, context.dr] { _ = try await context.lock(state.key, at: side)?.releaseAbandoned() }
        do {
            for action in state.actions {
                try await perform(action)
                done.steps.append(action.title)
            }
        } catch {
            // Terraform must be able to go on where it worked until now.
            if let drLockID { try? await releaseDR(drLockID) }
            throw error
        }
        done.fence = fence
        return done
    }

    private mutating func perform(_ action: FailbackAction) async throws {
        switch action.kind {
        case .lockDR:
            drLockID = try await lockDR()
            context.reached(.drLocked)
        case .noteReturn:
            guard let restore = state.restore else { return }
            let digest = restore.bytes.withUnsafeBytes { SHA256.hash($0) }
            fence?.returning = FailoverFence.Return(serial: restore.newSerial, sha256: digest.hex)
            try await writeFence([dr, primary])
            context.reached(.noted)
        case .writeHome:
            try await writeHome()
            context.reached(.returned)
        case .unlockPrimary:
            guard let lock = context.lock(state.key, at: context.primary) else { return }
            for holder in try await lock.holders() where context.isFailoverLock(holder) {
                if let id = holder.info?.id { try await lock.half(holder.half).release(id) }
            }
            context.reached(.primaryUnlocked)
        case .unlockDR:
            if let drLockID { try await releaseDR(drLockID) }
            drLockID = nil
        case .endFence:
            let kept = state.restore == nil && !state.writtenOnPrimary.isEmpty ? primary.name : dr.name
            let end = FailoverFence.End(time: context.now(), who: context.who, kept: kept)
            fence?.ended = end
            try await writeFence([dr])
            context.reached(.halfEnded)
            try await writeFence([primary])
            context.reached(.ended)
        }
    }

    /// Keeps Terraform out of the DR side while its newest generation is taken home.
    private func lockDR() async throws -> String? {
        guard let lock = context.lock(state.key, at: context.dr, looksEverywhere: false) else { return nil }
        let info = LockInfo(
            id: context.newID(), operation: Failback.lockOperation, info: context.process.text, who: context.who, version: context.version, created: context.now(),
            path: "\(dr.settings.bucket)/\(state.key)")
        try await lock.acquire(info)
        return info.id
    }

    /// Releases it, and whatever replication made of the primary side's lock meanwhile: lock files have the same key on both
    /// sides, so that the one may have been laid over the other.
    private func releaseDR(_ id: String) async throws {
        guard let lock = context.lock(state.key, at: context.dr, looksEverywhere: false) else { return }
        for holder in try await lock.holders() {
            guard let info = holder.info else { continue }
            let isCopy = info.operation == Failback.lockOperation && info.info == context.process.text
            guard info.id == id || isCopy || context.isFailoverLock(holder) else { throw LockError.notOurs(expected: id, found: holder) }
            do {
                try await lock.half(holder.half).release(info.id)
            } catch LockError.vanished {
                // Its delete marker came by replication.
            }
        }
    }

    private mutating func writeHome() async throws {
        guard let plan = state.restore else { return }
        let before = try await dr.bucket.headObject(key: state.key)
        let held = try await context.lock(state.key, at: context.primary)?.holders().first { context.isFailoverLock($0) }?.info?.id
        let result = try await StateRestore(failback.restoreContext(primary, dr)).execute(plan, operation: Failback.lockOperation, heldLock: held)
        done.notes += result.notes + result.failures
        guard try await dr.bucket.headObject(key: state.key).etag != before.etag else { return }
        // Replication may have brought over what was just written; anything else is somebody's new work.
        let now = try await dr.bucket.getObject(key: state.key)
        guard now.sha256.hex == result.sha256 else {
            throw FailoverError.notProven(reference: state.reference, reason: "\(dr.name) was written meanwhile (version \(now.head.versionID ?? now.head.etag)): run the command again")
        }
    }

    /// Writes the fence where one is.
    private func writeFence(_ sites: [Site]) async throws {
        guard let fence else { return }
        for site in sites {
            let store = FenceStore(site: site)
            let stored = try await store.read(fence.key)
            // The primary side has none when it was down during the whole failover.
            guard stored != nil || site.name == dr.name, stored?.fence != fence else { continue }
            try await store.write(fence, over: stored)
        }
    }
}
