public import Sites
public import Timestamps
public import Vault
internal import Findings
internal import S3

/// The main job: finds the states of some sites, fetches every version that the vault lacks, verifies it, stores it, and
/// records what there is.
///
/// Incremental: a version that the vault has is never fetched again. Resumable: what a run that died had stored is kept.
/// Sites fail independently, and so do states and versions: what could not be had becomes a problem of the report.
public struct SnapshotRun: Sendable {
    private let sites: [Site]
    private let vault: BackupVault?
    private let options: SnapshotOptions
    /// Written into the snapshot's record: `tfguard 1.0`.
    private let tool: String
    private let now: @Sendable () -> Timestamp

    /// - Parameters:
    ///   - vault: where versions go; a dry run may do without and then counts every version as new.
    ///   - now: the time, for the record.
    public init(sites: [Site], vault: BackupVault?, options: SnapshotOptions = SnapshotOptions(), tool: String, now: @escaping @Sendable () -> Timestamp) {
        self.sites = sites
        self.vault = vault
        self.options = options
        self.tool = tool
        self.now = now
    }

    /// Runs to the end, or to the next safe point after the task is cancelled: then everything stored so far is kept for the
    /// next run, and nothing of this one is visible.
    ///
    /// - Parameter progress: called at most every 50 ms, from any thread.
    /// - Throws: `CancellationError`; the vault's errors (disk full, a damaged vault). What S3 refuses is no error but a problem.
    public func run(progress: @escaping @Sendable (SnapshotProgress) -> Void = { _ in }) async throws -> SnapshotReport {
        guard let vault else { throw SnapshotRunError.noVault }
        let start = ContinuousClock.now
        let meter = ProgressMeter(progress)
        let time = now()
        let writer = try await vault.beginSnapshot(at: time, by: tool)
        let memory = try await ExaminationMemory(vault)
        let outcomes: [SiteOutcome]
        do {
            outcomes = try await visit(target: .vault(vault, writer), memory, meter)
            try Task.checkCancellation()
        } catch {
            // The safe point: outside of the cancelled task, so that the vault may finish writing.
            await Task { try? await writer.checkpoint() }.value
            throw error
        }
        meter.update { $0.phase = .committing }
        meter.flush()
        for outcome in outcomes { try await memory.add(outcome.examination, of: outcome.report.name, to: vault, at: time) }
        var report = merge(outcomes)
        if outcomes.contains(where: { $0.report.states > 0 || $0.report.isComplete }) {
            let result = try await writer.commit(
                sites: outcomes.filter { $0.report.states > 0 || $0.report.isComplete }.map { SiteSummary($0.report) }, problems: report.problems.map { RunProblem($0) })
            report.snapshotID = result.record.id
            report.storedBytes = Int64(result.storedBytes)
        }
        report.elapsed = ContinuousClock.now - start
        meter.flush()
        return report
    }

    /// Finds out what a run would fetch, and changes nothing anywhere.
    public func plan(progress: @escaping @Sendable (SnapshotProgress) -> Void = { _ in }) async throws -> SnapshotReport {
        let start = ContinuousClock.now
        let meter = ProgressMeter(progress)
        let memory = if let vault { try await ExaminationMemory(vault) } else { ExaminationMemory() }
        var report = merge(try await visit(target: .plan(vault), memory, meter))
        report.isDryRun = true
        report.elapsed = ContinuousClock.now - start
        meter.flush()
        return report
    }

    private func visit(target: SiteVisit.Target, _ memory: ExaminationMemory, _ meter: ProgressMeter) async throws -> [SiteOutcome] {
        let transfers = TransferBudget(slots: options.parallel, bytes: options.bytesInFlight)
        let residents = TransferBudget(slots: .max, bytes: options.residentBytes)
        return try await withThrowingTaskGroup(of: (Int, SiteOutcome).self) { group in
            for (index, site) in sites.enumerated() {
                let visit = SiteVisit(
                    site: site, options: options, target: target, remembered: memory.verdicts(of: site.name), transfers: transfers, residents: residents,
                    meter: meter)
                group.addTask { (index, try await visit.run()) }
            }
            var outcomes = [SiteOutcome?](repeating: nil, count: sites.count)
            for try await (index, outcome) in group { outcomes[index] = outcome }
            return outcomes.compactMap(\.self)
        }
    }

    private func merge(_ outcomes: [SiteOutcome]) -> SnapshotReport {
        SnapshotReport(sites: outcomes.map(\.report), problems: outcomes.flatMap(\.problems), findings: outcomes.flatMap(\.findings))
    }
}
