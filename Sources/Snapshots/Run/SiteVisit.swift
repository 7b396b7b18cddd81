internal import Findings
internal import S3
internal import Sites
internal import Vault

/// One run's work at one site: one pass over the listing, states in parallel behind it.
struct SiteVisit: Sendable {
    enum Target: Sendable {
        case vault(BackupVault, SnapshotWriter)
        /// Only count. Without a vault, everything is new.
        case plan(BackupVault?)

        var vault: BackupVault? {
            switch self {
            case .vault(let vault, _): vault
            case .plan(let vault): vault
            }
        }
    }

    let site: Site
    let options: SnapshotOptions
    let target: Target
    /// What earlier runs found to be no states.
    let remembered: [ObjectFingerprint: IgnoredReason]
    let transfers: TransferBudget
    let residents: TransferBudget
    let meter: ProgressMeter
    let health = SiteHealth()

    /// - Throws: `CancellationError` and the vault's errors; what the site refuses is in the outcome.
    func run() async throws -> SiteOutcome {
        var outcome = SiteOutcome(site: site.name)
        let known = Set(try await target.vault?.states(of: site.name) ?? [])
        outcome.findings += try await VersioningCheck(site: site).findings()
        try await withThrowingTaskGroup(of: SiteOutcome.self) { group in
            var listing = SiteListing(site: site, options: options, known: known, remembered: remembered)
            var running = 0
            do {
                for try await batch in site.keys() {
                    try Task.checkCancellation()
                    if health.fatal != nil { break }
                    meter.update {
                        $0.keysListed += batch.count
                        $0.versionsListed += batch.reduce(0) { $0 + $1.versions.count }
                    }
                    for key in batch {
                        guard let work = listing.judge(key) else { continue }
                        while running >= options.statesAtOnce {
                            if let done = try await group.next() { outcome.add(done) }
                            running -= 1
                        }
                        if let done = try await handle(work, &group) { outcome.add(done) } else { running += 1 }
                    }
                }
            } catch let error as S3Error {
                outcome.report.isComplete = false
                outcome.problems.append(SnapshotProblem(error, reference: site.name))
            }
            for try await done in group { outcome.add(done) }
            outcome.report.ignored.merge(listing.ignored, uniquingKeysWith: +)
            outcome.examination.recognised = listing.recognised
            outcome.problems += listing.problems
            if !listing.problems.isEmpty { outcome.report.isComplete = false }
            if health.fatal == nil, outcome.report.isComplete {
                for id in listing.gone { outcome.add(try await recordGone(id)) }
            }
            outcome.findings += listing.findings
        }
        if let fatal = health.fatal {
            outcome.report.isComplete = false
            var problem = SnapshotProblem(fatal, reference: site.name)
            problem.message = "gave up on the site: \(problem.message)"
            outcome.problems.insert(problem, at: 0)
        }
        outcome.examination.isWhole = outcome.report.isComplete && options.coversWholeSites
        meter.update { $0.problems += outcome.problems.count }
        return outcome
    }

    /// Does what needs no waiting at once, and starts a task for the rest.
    /// - Returns: the outcome, or nil when a task was started.
    private func handle(_ work: SiteListing.Work, _ group: inout ThrowingTaskGroup<SiteOutcome, any Error>) async throws -> SiteOutcome? {
        switch (work, target) {
        case (.examine(let key), _):
            group.addTask { try await examine(key) }
            return nil
        case (.state(let key, _), .plan(let vault)):
            return try await plan(key, vault)
        case (.state(let key, let isKnown), .vault(_, let writer)):
            let recorder = try await writer.record(StateID(site: site.name, key: key.key), listed: key.versions.map { ListedVersion($0) })
            let visit = stateVisit(key, recorder, isKnown: isKnown)
            if recorder.missing.isEmpty { return try await visit.finishUnchanged() }
            group.addTask { try await visit.run() }
            return nil
        }
    }

    /// Finds out whether an object is a state, then treats it as one.
    private func examine(_ key: KeyVersions) async throws -> SiteOutcome {
        if health.fatal != nil { return SiteOutcome(site: site.name) }
        var outcome = SiteOutcome(site: site.name)
        switch try await ObjectExaminer(bucket: site.bucket, budget: transfers).judge(key) {
        case .ignored(let reason):
            outcome.report.ignored[reason] = 1
            outcome.examination.learned[ObjectFingerprint(key)] = reason
            return outcome
        case .unknown(let error):
            health.failed(error)
            outcome.report.ignored[.unreadable] = 1
            // Not being allowed to read something that may be anything is no failure of the backup: said, not counted as one.
            let place = Finding(
                ruleID: "discovery.unreadable-object", severity: .low, subject: "\(site.name):\(key.key)",
                message: "could not be looked into to see whether it is a state: \(error.code)", remedy: error.hint)
            if error.kind == .accessDenied || error.kind == .noSuchVersion || error.kind == .archived {
                outcome.findings.append(place)
            } else {
                outcome.problems.append(SnapshotProblem(error, reference: "\(site.name):\(key.key)"))
            }
            return outcome
        case .state: break
        }
        switch target {
        case .plan(let vault): return try await plan(key, vault)
        case .vault(_, let writer):
            let recorder = try await writer.record(StateID(site: site.name, key: key.key), listed: key.versions.map { ListedVersion($0) })
            return try await stateVisit(key, recorder, isKnown: true).run()
        }
    }

    private func stateVisit(_ key: KeyVersions, _ recorder: StateRecorder, isKnown: Bool) -> StateVisit {
        StateVisit(
            site: site, key: key, recorder: recorder, isKnown: isKnown, options: options, transfers: transfers, residents: residents, meter: meter,
            health: health)
    }

    /// Counts what a run would fetch.
    private func plan(_ key: KeyVersions, _ vault: BackupVault?) async throws -> SiteOutcome {
        let history = try await vault?.history(of: StateID(site: site.name, key: key.key))
        var outcome = SiteOutcome(site: site.name)
        outcome.report.count(key)
        for version in key.versions where !version.isDeleteMarker {
            guard history?.version(matching: ListedVersion(version))?.isInVault != true else { continue }
            outcome.report.versionsFetched += 1
            outcome.report.bytesFetched += version.size
        }
        meter.update { [outcome] in
            $0.states += 1
            $0.versionsToFetch += outcome.report.versionsFetched
            $0.bytesToFetch += outcome.report.bytesFetched
        }
        return outcome
    }

    /// A state whose last version is gone from S3: the vault keeps what it has, and the snapshot says that it is gone.
    private func recordGone(_ id: StateID) async throws -> SiteOutcome {
        var outcome = SiteOutcome(site: site.name)
        guard case .vault(_, let writer) = target else { return outcome }
        let recorder = try await writer.record(id, listed: [])
        try await recorder.finish()
        outcome.findings.append(
            Finding(
                ruleID: "discovery.state-gone", severity: .high, subject: "\(site.name):\(id.key)",
                message: "no version of it is left in the bucket, not even a delete marker; the vault still has its versions",
                remedy: "find out who deleted the versions; tfguard restore brings the state back"))
        return outcome
    }
}

extension SiteReport {
    /// Counts a state and its versions.
    mutating func count(_ key: KeyVersions) {
        states += 1
        for version in key.versions {
            if version.isDeleteMarker { deleteMarkers += 1 } else { versions += 1 }
        }
    }
}
