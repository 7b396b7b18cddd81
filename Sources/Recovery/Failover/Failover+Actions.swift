internal import Replication
internal import S3
internal import Sites

extension Failover {
    /// What has to be done with one state, in order.
    func actions(_ state: FailoverPlan.State, _ dr: Site, primaryAnswers: Bool, _ options: FailoverOptions) async throws -> [FailoverAction] {
        var actions: [FailoverAction] = []
        var locksPrimary = false
        if primaryAnswers, let primary = context.primary.side.site {
            let lock = try await primaryLock(state, options)
            locksPrimary = lock != nil
            actions += lock.map { [$0] } ?? []
            if state.fence == nil { actions.append(arrival(state, primary, dr, options)) }
        }
        actions += removals(state, dr, options)
        let drFence = FenceStore(site: dr)
        if state.fence == nil || locksPrimary { actions.append(fence(drFence, state, onPrimary: false)) }
        if primaryAnswers, let primary = context.primary.side.site {
            let store = FenceStore(site: primary)
            let there = try await store.read(state.key)?.fence
            if let there, there.isActive, !there.to.isBucket(of: dr.settings) { throw FailoverError.reversed(reference: "\(primary.name):\(state.key)", site: there.to.site) }
            if state.fence == nil || locksPrimary || there != state.fence { actions.append(fence(store, state, onPrimary: true)) }
        }
        actions += seeding(state, dr)
        actions.append(proof(state, dr))
        return actions
    }

    /// Nil when no lock is to be taken, or it is held already.
    private func primaryLock(_ state: FailoverPlan.State, _ options: FailoverOptions) async throws -> FailoverAction? {
        guard options.primaryLock != .never, let lock = context.lock(state.key, at: context.primary, looksEverywhere: false), lock.isConfigured else { return nil }
        var halves: [LockHolder.Half] = lock.table == nil ? [] : [.table]
        let isEarly = state.fence == nil
        if lock.file != nil, options.primaryLock == .always || lock.table == nil && isEarly { halves.insert(.file, at: 0) }
        guard !halves.isEmpty else { return nil }
        let holders = try await lock.holders()
        if let stranger = holders.first(where: { !context.isFailoverLock($0) && !$0.isAbandoned }) { throw LockError.held(stranger) }
        let held = Set(holders.filter { context.isFailoverLock($0) }.map(\.half))
        let missing = halves.filter { !held.contains($0) }
        let isRecorded = state.fence?.lockID != nil
        guard !missing.isEmpty || !held.isEmpty && !isRecorded else { return nil }
        return FailoverAction(kind: .lockPrimary(halves), requests: lock.requestsToLook + missing.flatMap { lock.half($0).requestsToAcquire })
    }

    private func arrival(_ state: FailoverPlan.State, _ primary: Site, _ dr: Site, _ options: FailoverOptions) -> FailoverAction {
        let patience = "repeated until it is there, up to \(options.wait.components.seconds) s"
        return FailoverAction(
            kind: .awaitArrival,
            requests: [
                PlannedRequest("HeadObject", "s3://\(primary.bucket.name)/\(state.key)"), PlannedRequest("HeadObject", "s3://\(dr.bucket.name)/\(state.key)", condition: patience),
            ])
    }

    /// Locks on the DR side: those that are known to be dead go, others stand in the way.
    private func removals(_ state: FailoverPlan.State, _ dr: Site, _ options: FailoverOptions) -> [FailoverAction] {
        guard let lock = context.lock(state.key, at: context.dr) else { return [] }
        return (state.examination.holders ?? []).map { holder in
            let isNamed = holder.info.map { options.breakLocks.contains($0.id) } ?? false
            guard isNamed || holder.isAbandoned || context.isFailoverLock(holder) else { return FailoverAction(kind: .blockedBy(holder), requests: []) }
            return FailoverAction(kind: .removeLock(holder), requests: lock.half(holder.half).requestsToRelease)
        }
    }

    private func fence(_ store: FenceStore, _ state: FailoverPlan.State, onPrimary: Bool) -> FailoverAction {
        let place = store.place(of: state.key)
        var requests: [PlannedRequest] = []
        if state.fence == nil, !onPrimary {
            let sides = [state.primaryAnswers ? context.primary.side.settings.bucket : nil, context.dr.side.settings.bucket].compactMap { $0 }
            requests += sides.map { PlannedRequest("GetObject", "s3://\($0)/\(state.key)") }
        }
        requests += [PlannedRequest("GetObject", place), PlannedRequest("PutObject", place, condition: "as it was read (If-Match or If-None-Match: *)", content: "the fence")]
        return FailoverAction(kind: .fence(onPrimary: onPrimary), requests: requests)
    }

    private func seeding(_ state: FailoverPlan.State, _ dr: Site) -> [FailoverAction] {
        guard let digest = state.examination.digest, let actual = digest.actual, digest.stored != actual else { return [] }
        guard let lock = context.lock(state.key, at: context.dr, looksEverywhere: false), let table = lock.table else { return [] }
        let object = "s3://\(dr.bucket.name)/\(state.key)"
        let item = table.place + "-md5"
        let requests =
            lock.requestsToAcquire + [PlannedRequest("GetObject", object), PlannedRequest("PutItem", item, content: "Digest \(actual)"), PlannedRequest("GetItem", item)]
            + lock.requestsToRelease
        return [FailoverAction(kind: .seedDigest(from: digest.stored, to: actual), requests: requests)]
    }

    private func proof(_ state: FailoverPlan.State, _ dr: Site) -> FailoverAction {
        let lock = context.lock(state.key, at: context.dr)
        var requests = [PlannedRequest("ListObjectVersions", "s3://\(dr.bucket.name)/\(state.key)"), PlannedRequest("GetObject", "s3://\(dr.bucket.name)/\(state.key)")]
        requests += lock?.requestsToLook ?? []
        if let table = lock?.table { requests.append(PlannedRequest("GetItem", table.place + "-md5")) }
        return FailoverAction(kind: .prove, requests: requests)
    }
}
