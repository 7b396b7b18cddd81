internal import S3
internal import Sites
internal import StateJSON

extension Failback {
    /// What has to be done with one state, in order.
    func actions(_ state: FailbackPlan.State, _ primary: Site, _ dr: Site) async throws -> [FailbackAction] {
        var actions: [FailbackAction] = []
        let drLock = context.lock(state.key, at: context.dr, looksEverywhere: false)
        let home = context.lock(state.key, at: context.primary, looksEverywhere: false)
        let failoverLocks = try await context.lock(state.key, at: context.primary)?.holders().filter { context.isFailoverLock($0) } ?? []
        if let restore = state.restore, restore.action != .nothing {
            if let drLock { actions.append(FailbackAction(kind: .lockDR, requests: drLock.requestsToLook + drLock.requestsToAcquire)) }
            if let fence = state.fence { actions.append(FailbackAction(kind: .noteReturn, requests: try await fenceRequests(fence, primary, dr))) }
            actions.append(restoring(state, restore, home, isLocked: !failoverLocks.isEmpty, primary))
        }
        if let home, !failoverLocks.isEmpty {
            actions.append(FailbackAction(kind: .unlockPrimary, requests: failoverLocks.flatMap { home.half($0.half).requestsToRelease }))
        }
        if actions.contains(where: { $0.kind == .lockDR }), let drLock {
            actions.append(FailbackAction(kind: .unlockDR, requests: drLock.requestsToRelease))
        }
        if let fence = state.fence { actions.append(FailbackAction(kind: .endFence, requests: try await fenceRequests(fence, primary, dr))) }
        return actions
    }

    /// The writes of a changed fence: on the DR side first, and on the primary side where there is one.
    private func fenceRequests(_ fence: FailoverFence, _ primary: Site, _ dr: Site) async throws -> [PlannedRequest] {
        var requests: [PlannedRequest] = []
        for site in [dr, primary] {
            let store = FenceStore(site: site)
            guard site.name == dr.name ? true : try await store.read(fence.key) != nil else { continue }
            let place = store.place(of: fence.key)
            requests += [PlannedRequest("GetObject", place), PlannedRequest("PutObject", place, condition: "as it was read (If-Match)", content: "the fence")]
        }
        return requests
    }

    private func restoring(_ state: FailbackPlan.State, _ restore: RestorePlan, _ lock: StateLock?, isLocked: Bool, _ primary: Site) -> FailbackAction {
        let object = "s3://\(primary.bucket.name)/\(state.key)"
        var requests = lock?.requestsToLook ?? []
        if !isLocked { requests += lock?.requestsToAcquire ?? [] }
        requests.append(PlannedRequest("HeadObject", object))
        if restore.action == .write {
            if context.vault != nil {
                requests += [PlannedRequest("ListObjectVersions", object, content: "for the vault"), PlannedRequest("GetObject", object, condition: "versions that the vault lacks", content: "for the vault")]
            }
            requests.append(
                PlannedRequest(
                    "PutObject", object, condition: restore.from == nil ? "If-None-Match: *" : "If-Match: the current ETag",
                    content: "\(restore.bytes.count) bytes, serial \(restore.newSerial.map { "\($0)" } ?? "unchanged")"))
        }
        if let table = lock?.table, let digest = restore.digestAfter {
            requests += [PlannedRequest("PutItem", table.place + "-md5", content: "Digest \(digest)"), PlannedRequest("GetItem", table.place + "-md5")]
        }
        requests.append(PlannedRequest("GetObject", object))
        if !isLocked { requests += lock?.requestsToRelease ?? [] }
        return FailbackAction(kind: .writeHome(serial: restore.newSerial), requests: requests)
    }
}
