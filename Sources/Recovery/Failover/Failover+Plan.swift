internal import Replication
internal import S3
internal import Sites
internal import Snapshots
internal import Timestamps

extension Failover {
    /// Finds out what a failover would do; writes nothing.
    ///
    /// - Parameter references: keys of states, or unique ends of keys; none means all that the primary side has.
    /// - Throws: ``FailoverError``; `ReferenceError`; the errors of S3, DynamoDB and the vault.
    public func plan(_ references: [String], options: FailoverOptions = FailoverOptions()) async throws -> FailoverPlan {
        guard let dr = context.dr.side.site else { throw FailoverError.drUnreachable(site: context.dr.name, reason: context.dr.side.obstacle?.message ?? "no connection") }
        let check = try await ReplicationCheck(
            from: context.primary.side, to: context.dr.side, vault: context.vault, options: VerifyOptions(recordsObservation: false), now: context.now
        ).run()
        guard check.replicaOrigin == .bucket else {
            throw FailoverError.drUnreachable(site: context.dr.name, reason: check.problems.first { $0.reference.hasPrefix(context.dr.name) }?.message ?? "its bucket could not be listed")
        }
        let view: FailoverPlan.PrimaryView
        switch check.sourceOrigin {
        case .bucket: view = .answers
        case .vault(let time): view = .vault(time)
        case .nowhere: view = .unknown
        }
        let ledgers = try selected(check, references, isPrimaryKnown: view != .unknown)
        guard !ledgers.isEmpty else { throw FailoverError.nothingToDo(site: context.dr.name) }
        var plan = FailoverPlan(
            primary: context.primary.name, dr: context.dr.name, primaryView: view, states: [], backendFiles: [], cautions: [],
            problems: check.problems.filter { !$0.reference.hasPrefix(context.primary.name) })
        for ledger in ledgers {
            try Task.checkCancellation()
            plan.states.append(try await state(ledger, dr, primaryAnswers: view == .answers, options))
        }
        plan.backendFiles = BackendFile.files(for: plan.states.filter { $0.obstacle == nil }.map(\.key), at: dr.settings)
        plan.cautions = cautions(plan, options)
        return plan
    }

    /// The states that are meant. Without names: what the primary side has. A state that only the DR side has belongs to the
    /// DR stack; with nothing known of the primary side, all are taken.
    private func selected(_ check: VerifyResult, _ references: [String], isPrimaryKnown: Bool) throws -> [StateLedger] {
        guard !references.isEmpty else {
            return check.states.filter { ($0.versions > 0 || !isPrimaryKnown) && !($0.recoveryPoint.isDeleteMarker && $0.recoveryPoint.versionsAtRisk == 0) }
        }
        let keys = check.states.map(\.key)
        let wanted = try Set(
            references.map {
                try KeyMatch.resolve($0, among: keys, prefix: context.dr.side.settings.prefix, site: context.dr.name, reference: "\(context.dr.name):\($0)")
            })
        return check.states.filter { wanted.contains($0.key) }
    }

    private func state(_ ledger: StateLedger, _ dr: Site, primaryAnswers: Bool, _ options: FailoverOptions) async throws -> FailoverPlan.State {
        let reference = SiteReference(site: dr.name, key: ledger.key)
        var examination = try await StateDoctor(catalog: context.catalog, site: dr, dynamoDB: context.dr.dynamoDB, now: context.now).examine(reference)
        examination.bytes = nil
        let fence = try await FenceStore(site: dr).read(ledger.key)?.fence
        if let fence, fence.isActive, !fence.to.isBucket(of: dr.settings) { throw FailoverError.reversed(reference: "\(reference)", site: fence.to.site) }
        var state = FailoverPlan.State(
            reference: "\(reference)", ledger: ledger, examination: examination, fence: fence.flatMap { $0.isActive ? $0 : nil },
            primaryAnswers: primaryAnswers, actions: [], obstacle: nil, rescue: nil)
        if state.fence == nil, ledger.recoveryPoint.versionsAtRisk > 0, !primaryAnswers { state.rescue = Self.rescue(ledger.key, context.primary.name, dr.name) }
        state.obstacle = obstacle(state, dr)
        guard state.obstacle == nil else { return state }
        state.actions = try await actions(state, dr, primaryAnswers: primaryAnswers, options)
        return state
    }

    static func rescue(_ key: String, _ primary: String, _ dr: String) -> String {
        "tfguard restore vault:\(primary):\(key) --to latest --to-site \(dr)"
    }

    private func obstacle(_ state: FailoverPlan.State, _ dr: Site) -> FailoverPlan.Obstacle? {
        switch state.examination.verdict {
        case .ok, .suspect, .encrypted: break
        case .missing:
            return FailoverPlan.Obstacle(
                message: "the DR side has no current version", hint: state.rescue ?? Self.rescue(state.key, context.primary.name, dr.name))
        case .invalid, .unreadable, .repairable, .unsupported, .checksum:
            let why = state.examination.symptoms.first?.message ?? state.examination.verdict.rawValue
            return FailoverPlan.Obstacle(message: "what the DR side has is no usable state: \(why)", hint: "tfguard restore \(state.reference) --to last-good, then fail over")
        }
        if let failure = state.examination.failures.first { return FailoverPlan.Obstacle(message: failure.message, hint: failure.hint) }
        if state.fence == nil, let stale = state.ledger.staleCurrent {
            let wanted = state.ledger.recoveryPoint.replicaID ?? state.ledger.recoveryPoint.versionID ?? "latest"
            return FailoverPlan.Obstacle(
                message: "version \(stale) is current on the DR side though a newer one has arrived: Terraform would read the older",
                hint: "tfguard restore \(state.reference) --to id=\(wanted), then fail over")
        }
        if let holder = state.examination.holders?.first(where: { $0.info == nil }) {
            return FailoverPlan.Obstacle(message: "the lock at \(holder.place) cannot be read", hint: "tfguard unlock \(state.reference) --unreadable removes it")
        }
        return nil
    }

    private func cautions(_ plan: FailoverPlan, _ options: FailoverOptions) -> [String] {
        var cautions: [String] = []
        switch plan.primaryView {
        case .answers:
            if plan.states.contains(where: { $0.fence == nil }) {
                cautions.append("\(plan.primary) still answers: whoever goes on working there makes a second truth" + (options.whilePrimaryAnswers ? "" : "; --while-primary-answers is needed"))
            }
        case .vault(let time):
            cautions.append(
                "\(plan.primary) does not answer; what it had is known from the vault" + (time.map { " as of \($0.rfc3339)" } ?? "") + ": later versions of it may be lost too")
        case .unknown: cautions.append("\(plan.primary) does not answer and no vault knows it: what is lost cannot be told")
        }
        cautions.append("switch replication from \(plan.primary) to \(plan.dr) off before \(plan.primary) returns: what was still on its way could cover what is written on \(plan.dr)")
        return cautions
    }
}
