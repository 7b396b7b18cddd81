import Replication
import Reports
import S3
import Timestamps

extension VerifiedPair {
    init(_ result: VerifyResult) {
        let lag = result.lag.map {
            Lag(samples: $0.samples, median: $0.median, p95: $0.p95, maximum: $0.maximum, provenMaximum: $0.provenMaximum, runs: $0.runs)
        }
        self.init(
            from: result.from, to: result.to, fromReadFrom: Self.word(result.sourceOrigin), toReadFrom: Self.word(result.replicaOrigin),
            states: result.states.map { VerifiedState($0, now: result.time) }, objective: result.objective, exposure: result.exposure, lag: lag,
            ignored: result.ignored, findings: result.findings)
    }

    private static func word(_ origin: VerifyResult.Origin) -> String {
        switch origin {
        case .bucket: "s3"
        case .vault: "vault"
        case .nowhere: "nowhere"
        }
    }
}

extension ProgressReading {
    init(_ progress: VerifyProgress) {
        self.init(phase: progress.phase.rawValue, states: progress.states, done: progress.done, total: progress.total, unit: Self.unit(progress.phase))
    }

    private static func unit(_ phase: VerifyProgress.Phase) -> String {
        switch phase {
        case .listing, .comparing: "versions"
        case .asking: "questions"
        case .digests: "digests"
        case .analysing: "states"
        }
    }
}

extension VerifiedState {
    init(_ ledger: StateLedger, now: Timestamp) {
        let point = ledger.recoveryPoint
        self.init(
            key: ledger.key, versions: ledger.versions, deleteMarkers: ledger.deleteMarkers, replicated: ledger.replicated,
            missing: ledger.missing.map(Version.init), different: ledger.different.map(Version.init), unverified: ledger.unverified.map(Version.init),
            extra: ledger.extra.map(Version.init), outOfOrder: ledger.outOfOrder.map(Version.init), renamed: ledger.renamed, pending: ledger.pending,
            failed: ledger.failed, staleCurrent: ledger.staleCurrent,
            recoveryPoint: Point(
                versionID: point.versionID, replicaID: point.replicaID, serial: point.serial, lastModified: point.lastModified,
                isDeleteMarker: point.isDeleteMarker, versionsAtRisk: point.versionsAtRisk, exposure: point.exposure(at: now)),
            lostSerials: ledger.loss?.serials ?? [], lostResources: ledger.loss?.resources.map { Resource(address: $0.address, action: $0.action) } ?? [],
            lostResourceCount: ledger.loss?.resourceCount ?? 0, lossObstacle: ledger.loss?.obstacle)
    }
}

extension VerifiedState.Version {
    init(_ line: LedgerLine) {
        self.init(
            versionID: line.version.versionID, isDeleteMarker: line.version.isDeleteMarker, lastModified: line.version.lastModified, size: line.version.size,
            serial: line.serial, cause: line.cause.rawValue, status: line.status.map(Self.word), counterpartID: line.counterpartID)
    }

    private static func word(_ status: S3ReplicationStatus) -> String {
        switch status {
        case .pending: "PENDING"
        case .completed: "COMPLETED"
        case .failed: "FAILED"
        case .replica: "REPLICA"
        case .other(let word): word
        }
    }
}

extension Reports.VerifyReport.Copy {
    init(_ step: MissingCopy.Step, site: String) {
        let reference = "\(site):\(step.key)"
        switch step.outcome {
        case .planned: self.init(reference: reference, sourceVersionID: step.versionID, outcome: "planned", detail: "\(Quantity.bytes(step.size)); say --yes to copy")
        case .copied(let id): self.init(reference: reference, sourceVersionID: step.versionID, outcome: "copied", newVersionID: id)
        case .skipped(let reason): self.init(reference: reference, sourceVersionID: step.versionID, outcome: "skipped", detail: reason)
        case .failed(let problem): self.init(reference: reference, sourceVersionID: step.versionID, outcome: "failed", detail: problem.message)
        }
    }
}
