internal import Replication
internal import S3
internal import Sites
internal import Snapshots
internal import TerraformState
internal import Timestamps

extension Failback {
    /// Finds out what a failback would do; writes nothing.
    ///
    /// - Parameter references: keys of states, or unique ends of keys; none means all that are failed over.
    /// - Throws: ``FailoverError``; `ReferenceError`; the errors of S3, DynamoDB and the vault.
    public func plan(_ references: [String], options: FailbackOptions = FailbackOptions()) async throws -> FailbackPlan {
        let (primary, dr) = try sites()
        if let keep = options.keep, keep != primary.name, keep != dr.name {
            throw FailoverError.unfit(reference: keep, reason: "is neither of the two sites", hint: "--keep \(primary.name) or --keep \(dr.name)")
        }
        let all = try await fences(primary, dr)
        let fences = all.filter { $0.value.isActive }
        let keys = try await keys(references, all, dr).filter { fences[$0] != nil || all[$0] == nil }
        var plan = FailbackPlan(primary: primary.name, dr: dr.name, states: [], backendFiles: [], cautions: [], heldLocks: [])
        for key in keys {
            try Task.checkCancellation()
            plan.states.append(try await state(key, fences[key], primary, dr, options, &plan.heldLocks))
        }
        plan.backendFiles = BackendFile.files(for: plan.states.filter { $0.obstacle == nil }.map(\.key), at: primary.settings)
        plan.cautions = try await cautions(plan, fences, primary, dr, isWhole: references.isEmpty)
        return plan
    }

    /// The failovers that there were, by key. One that is ended on one side only is not over yet.
    private func fences(_ primary: Site, _ dr: Site) async throws -> [String: FailoverFence] {
        var fences: [String: FailoverFence] = [:]
        do {
            for fence in try await FenceStore(site: primary).all() { fences[fence.key] = fence }
        } catch let error as S3Error {
            throw FailoverError.primaryUnreachable(site: primary.name, reason: error.description)
        }
        do {
            // The DR side's is the newer one where both go on: it notes what is about to be written.
            for fence in try await FenceStore(site: dr).all() where fence.isActive || fences[fence.key]?.isActive != true { fences[fence.key] = fence }
        } catch let error as S3Error {
            throw FailoverError.drUnreachable(site: dr.name, reason: error.description)
        }
        // The primary side may come back under another address.
        return fences.filter { $0.value.to.isBucket(of: dr.settings) && $0.value.from.bucket == primary.settings.bucket }
    }

    private func keys(_ references: [String], _ fences: [String: FailoverFence], _ dr: Site) async throws -> [String] {
        guard !references.isEmpty else { return fences.values.filter(\.isActive).map(\.key).sorted() }
        var known: [String]?
        var keys: [String] = []
        for text in references {
            let fenced = fences.keys.sorted()
            if let key = try? KeyMatch.resolve(text, among: fenced, prefix: dr.settings.prefix, site: dr.name, reference: "\(dr.name):\(text)") {
                keys.append(key)
                continue
            }
            if known == nil { known = try await context.catalog.states(of: dr).keys }
            keys.append(try KeyMatch.resolve(text, among: known ?? [], prefix: dr.settings.prefix, site: dr.name, reference: "\(dr.name):\(text)"))
        }
        return keys
    }

    private func state(
        _ key: String, _ fence: FailoverFence?, _ primary: Site, _ dr: Site, _ options: FailbackOptions, _ held: inout [(reference: String, holder: LockHolder)]
    ) async throws -> FailbackPlan.State {
        let lists = (primary: try await context.catalog.listing(of: key, at: primary.name), dr: try await context.catalog.listing(of: key, at: dr.name))
        guard lists.primary.origins.contains(.s3) else { throw FailoverError.primaryUnreachable(site: primary.name, reason: lists.primary.notes.joined(separator: "; ")) }
        guard lists.dr.origins.contains(.s3) else { throw FailoverError.drUnreachable(site: dr.name, reason: lists.dr.notes.joined(separator: "; ")) }
        var examination = try await StateDoctor(catalog: context.catalog, site: dr, dynamoDB: context.dr.dynamoDB, now: context.now).examine(SiteReference(site: dr.name, key: key))
        examination.bytes = nil
        var state = FailbackPlan.State(
            reference: "\(primary.name):\(key)", key: key, fence: fence, writtenOnPrimary: [], writtenOnDR: [], examination: examination, restore: nil, actions: [], obstacle: nil)
        let hasCurrent = lists.primary.entries.first { $0.isListed }.map { !$0.isDeleteMarker } ?? false
        if let fence {
            let history = try await FencedHistory(fence, primary: lists.primary, dr: lists.dr, from: primary, catalog: context.catalog)
            (state.writtenOnPrimary, state.writtenOnDR) = (history.primary, history.dr)
        } else if hasCurrent {
            throw FailoverError.notFailedOver(primary: "\(primary.name):\(key)", dr: dr.name)
        }
        state.obstacle = try await obstacle(state, lists.dr, options)
        guard state.obstacle == nil else { return state }
        try await noteHolders(key, &held)
        if !state.writtenOnDR.isEmpty && options.keep != primary.name || !hasCurrent {
            let restore = try await restorePlan(key, primary, dr)
            (state.restore, state.forgotten) = (restore, restore.lost)
        } else if state.isSplit {
            state.forgotten = AffectedInstance.of(try await current(key, dr), notIn: try await current(key, primary))
        }
        state.actions = try await actions(state, primary, dr)
        return state
    }

    private func obstacle(_ state: FailbackPlan.State, _ list: VersionList, _ options: FailbackOptions) async throws -> FailoverPlan.Obstacle? {
        if state.isSplit, options.keep == nil {
            let error = FailoverError.splitBrain(
                key: state.key, primary: (context.primary.name, state.writtenOnPrimary.serialText), dr: (context.dr.name, state.writtenOnDR.serialText))
            return FailoverPlan.Obstacle(message: error.message, hint: error.hint)
        }
        let reference = "\(context.dr.name):\(state.key)"
        switch state.examination.verdict {
        case .ok, .suspect, .encrypted: break
        default:
            let why = state.examination.symptoms.first?.message ?? state.examination.verdict.rawValue
            return FailoverPlan.Obstacle(message: "what the DR side has cannot be taken home: \(why)", hint: "tfguard restore \(reference) --to last-good")
        }
        // Servers have been seen to give out an older version as current after late replication.
        if let highest = state.writtenOnDR.max(by: { ($0.serial ?? 0) < ($1.serial ?? 0) }), let serial = highest.serial, let current = list.entries.first(where: { $0.isListed }),
            highest.versionID != current.versionID {
            let blob = try await context.catalog.read(current, of: list)
            let now = ExaminedContent(blob.bytes, sha256: blob.sha256).generation
            if let now, now.lineage == highest.lineage, now.serial < serial {
                return FailoverPlan.Obstacle(
                    message: "version \(highest.versionID) (serial \(serial)) is the newest that was written on the DR side, but \(current.versionID) (serial \(now.serial)) is current",
                    hint: "tfguard restore \(reference) --to id=\(highest.versionID), then fail back")
            }
        }
        return nil
    }

    /// Nobody may be at work on either side.
    private func noteHolders(_ key: String, _ held: inout [(reference: String, holder: LockHolder)]) async throws {
        for side in [context.primary, context.dr] {
            for holder in try await context.lock(key, at: side)?.holders() ?? [] where !context.isFailoverLock(holder) && !holder.isAbandoned {
                held.append(("\(side.name):\(key)", holder))
            }
        }
    }

    func restoreContext(_ primary: Site, _ dr: Site) -> RestoreContext {
        var restore = RestoreContext(
            catalog: context.catalog, site: primary, dynamoDB: context.primary.dynamoDB, vault: context.vault, replicas: [dr], version: context.version, who: context.who,
            process: context.process, now: context.now, newID: context.newID, reached: context.restoreReached)
        // A plan writes nothing, not even a scratch object; the lock proves itself whether conditions are honoured.
        restore.mayProbe = false
        return restore
    }

    private func restorePlan(_ key: String, _ primary: Site, _ dr: Site) async throws -> RestorePlan {
        let blob = try await context.catalog.read(.site(SiteReference(site: dr.name, key: key)))
        // Versions that were lost in the failover may have higher serials; the one that is written is above them all.
        return try await StateRestore(restoreContext(primary, dr)).plan(
            adopting: blob, as: SiteReference(site: primary.name, key: key), allowing: RestorePermissions(older: true))
    }

    /// The state that is current on a side; nil when its bytes cannot be looked into.
    private func current(_ key: String, _ site: Site) async throws -> TerraformState? {
        let blob = try await context.catalog.read(.site(SiteReference(site: site.name, key: key)))
        return ExaminedContent(blob.bytes, sha256: blob.sha256).reading.state
    }

    private func cautions(_ plan: FailbackPlan, _ fences: [String: FailoverFence], _ primary: Site, _ dr: Site, isWhole: Bool) async throws -> [String] {
        var cautions: [String] = []
        for state in plan.states where state.obstacle == nil {
            cautions += (state.restore?.cautions ?? []).map { "\(state.reference): \($0)" }
            guard !state.writtenOnPrimary.isEmpty else { continue }
            let gone = state.restore != nil
            cautions.append(
                "\(state.reference): written after the failover (\(state.writtenOnPrimary.serialText)); "
                    + (gone ? "that is covered now, and stays in the bucket and the vault" : state.isSplit ? "it stays, and what \(dr.name) wrote (\(state.writtenOnDR.serialText)) does not come home" : "\(dr.name) was not, so nothing is copied"))
        }
        if isWhole, let first = fences.values.map(\.created).min() {
            for key in try await madeOnDR(since: first, besides: fences, primary, dr) {
                cautions.append("\(dr.name):\(key) was made there during the failover and does not come home by itself: tfguard failback \(primary.name) \(dr.name) \(key)")
            }
        }
        return cautions
    }

    /// States that began on the DR side during the failover.
    private func madeOnDR(since start: Timestamp, besides fences: [String: FailoverFence], _ primary: Site, _ dr: Site) async throws -> [String] {
        var keys: [String] = []
        for try await batch in dr.keys() {
            for key in batch where fences[key.key] == nil && ObjectCandidate(key: key.key, largestSize: key.largestSize) == .state {
                guard let oldest = key.versions.last, oldest.lastModified >= Timestamp(seconds: start.seconds), key.versions.first?.isDeleteMarker == false else { continue }
                if try await context.catalog.listing(of: key.key, at: primary.name).entries.isEmpty { keys.append(key.key) }
            }
        }
        return keys
    }
}
