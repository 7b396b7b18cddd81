internal import Findings
internal import S3
internal import Sites
internal import StateJSON
internal import Vault

/// One run's work on one state: fetches what the vault lacks, oldest first, several versions ahead, and stores in order.
struct StateVisit: Sendable {
    let site: Site
    let key: KeyVersions
    let recorder: StateRecorder
    /// The vault knows it already, or its content was looked into.
    let isKnown: Bool
    let options: SnapshotOptions
    let transfers: TransferBudget
    let residents: TransferBudget
    let meter: ProgressMeter
    let health: SiteHealth

    /// Versions of one state that are fetched ahead of the one being stored.
    private static let lookahead = 8

    private var reference: String { "\(site.name):\(key.key)" }

    /// There is nothing to fetch: the state becomes part of the snapshot as it is.
    func finishUnchanged() async throws -> SiteOutcome {
        var outcome = SiteOutcome(site: site.name)
        outcome.report.count(key)
        outcome.findings += conflicts
        try await recorder.finish()
        meter.update { $0.states += 1 }
        return outcome
    }

    func run() async throws -> SiteOutcome {
        var outcome = SiteOutcome(site: site.name)
        let missing = recorder.missing
        let bytes = missing.reduce(Int64(0)) { $0 + $1.size }
        meter.update {
            $0.states += 1
            $0.versionsToFetch += missing.count
            $0.bytesToFetch += bytes
            $0.current = reference
        }
        // The recorder keeps the newest version it was given; room for it is taken for as long as it lives.
        let resident = missing.map(\.size).max() ?? 0
        try await residents.acquire(bytes: resident)
        defer { residents.release(bytes: resident) }

        guard try await fetch(missing, &outcome) else {
            await recorder.discard()
            return outcome
        }
        outcome.report.count(key)
        outcome.findings += conflicts
        try await recorder.finish()
        return outcome
    }

    /// Versions whose id the vault knows with other bytes: S3 never reuses an id, so somebody rewrote history.
    private var conflicts: [Finding] {
        recorder.conflicts.map { version in
            Finding(
                ruleID: "snapshot.version-rewritten", severity: .critical, subject: "\(reference)@id=\(version.listed.versionID)",
                message: "is listed with another size or ETag than when the vault stored it; the vault keeps both",
                remedy: "find out who writes to the bucket behind S3's back, or whether the endpoint now is another server")
        }
    }

    /// - Returns: false when the object turned out to be no state.
    private func fetch(_ missing: [ListedVersion], _ outcome: inout SiteOutcome) async throws -> Bool {
        try await withThrowingTaskGroup(of: (Int, VersionFetch.Result).self) { group in
            var started = 0
            var stored = 0
            var running = 0
            var ready: [Int: VersionFetch.Result] = [:]
            // Whatever leaves this scope early gives back what its finished fetches hold.
            defer { for index in ready.keys { transfers.releaseBytes(missing[index].size) } }
            while stored < missing.count {
                while started < missing.count, started - stored < Self.lookahead {
                    let next = missing[started]
                    if running == 0, ready.isEmpty {
                        try await transfers.acquire(bytes: next.size)
                    } else if !transfers.tryAcquire(bytes: next.size) {
                        break
                    }
                    let fetch = VersionFetch(bucket: site.bucket, key: key.key, version: next, options: options, budget: transfers, health: health)
                    let index = started
                    group.addTask { (index, try await fetch.run()) }
                    started += 1
                    running += 1
                }
                if ready[stored] == nil, let (index, result) = try await group.next() {
                    running -= 1
                    ready[index] = result
                }
                while let result = ready[stored] {
                    let version = missing[stored]
                    defer {
                        ready[stored] = nil
                        transfers.releaseBytes(version.size)
                        stored += 1
                    }
                    if case .fetched(let object) = result, stored == 0, !isKnown, let other = try await otherFile(object) {
                        outcome.report.ignored[other] = 1
                        outcome.examination.learned[ObjectFingerprint(key)] = other
                        group.cancelAll()
                        // What arrives all the same is of no use, but holds shares of the budget.
                        while let late = await group.nextResult() {
                            if case .success((let index, _)) = late { transfers.releaseBytes(missing[index].size) }
                        }
                        return false
                    }
                    try await store(result, version, &outcome)
                }
            }
            return true
        }
    }

    private func store(_ result: VersionFetch.Result, _ version: ListedVersion, _ outcome: inout SiteOutcome) async throws {
        switch result {
        case .fetched(let object):
            let content = object.content
            try await recorder.store(version, bytes: object.bytes, sha256: object.sha256, summary: content.summary, boundaries: content.boundaries)
            outcome.report.versionsFetched += 1
            outcome.report.bytesFetched += version.size
            meter.update {
                $0.versionsFetched += 1
                $0.bytesFetched += version.size
                $0.current = reference
            }
        case .failed(let error):
            let problem = SnapshotProblem(error, reference: "\(reference)@id=\(version.versionID)")
            try await recorder.fail(version, VersionProblem(code: problem.code, message: problem.message))
            if error.kind == .noSuchVersion || error.kind == .noSuchKey {
                outcome.findings.append(
                    Finding(
                        ruleID: "snapshot.version-vanished", severity: .medium, subject: problem.reference,
                        message: "was deleted between being listed and being read, so that the vault never had it",
                        remedy: "a lifecycle rule that expires versions sooner than snapshots are taken loses them: run more often, or keep versions longer"))
            } else {
                outcome.problems.append(problem)
            }
        case .notAttempted:
            try await recorder.fail(version, VersionProblem(code: "not-attempted", message: "the run gave up on the site before"))
        }
    }

    /// A key named like a state that never was one: its oldest and its newest version are both plainly another kind of file.
    private func otherFile(_ object: VersionFetch.Object) async throws -> IgnoredReason? {
        guard let other = object.content.form.otherFile else { return nil }
        let versions = key.versions.filter { !$0.isDeleteMarker }
        guard let newest = versions.first, versions.count > 1 else { return versions.isEmpty ? nil : other }
        // Its own budget: this state holds shares of the common one.
        let examiner = ObjectExaminer(bucket: site.bucket, budget: TransferBudget(slots: 1, bytes: .max))
        if case .ignored(let reason) = try await examiner.judge(newest), reason != .otherContent { return other }
        return nil
    }
}
