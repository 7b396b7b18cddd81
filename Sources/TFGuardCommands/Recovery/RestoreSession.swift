import Recovery
import Reports
import Sites
import Snapshots
import StateJSON
import Timestamps

/// The way that `restore` and `adopt` share: plan, show, confirm, do, wait for the replica.
struct RestoreSession {
    let session: Session
    let command: String
    let assumesYes: Bool
    let isDryRun: Bool
    let replicationWait: Duration

    /// Everything a restore at this site needs.
    static func context(_ session: Session, _ access: RecoveryAccess, site name: String) async throws -> RestoreContext {
        let connection = try await access.connect(name)
        let replicas = await access.replicas(of: name)
        return RestoreContext(
            catalog: access.catalog([connection.site] + replicas), site: connection.site, dynamoDB: connection.dynamoDB, vault: access.vault, replicas: replicas,
            version: TFGuard.version, who: OwnProcess.userAtHost, process: .current(), now: { .now() }, newID: { OwnProcess.newID() },
            reached: OwnProcess.checkpoint(session.environment))
    }

    func outcome(of plan: RestorePlan, with restore: StateRestore) async throws -> CommandOutcome {
        if session.output.outputPath != nil { return .bytes(plan.bytes[0..<plan.bytes.count], problems: []) }
        var report = RestoreReport(command: command, plan: RestoreReport.Plan(plan, now: .now()), result: nil, notices: [], problems: [])
        if isDryRun { return .report(report) }
        if let holder = plan.holders.first(where: { !$0.isAbandoned }) { throw LockError.held(holder) }
        if plan.action != .nothing, !assumesYes {
            let rendering = Rendering(format: .table, layout: session.output.layout, page: session.output.page, time: .now())
            StandardError.write(try rendering.text(of: report))
        }
        if plan.action == .nothing {
            // Locks of our own that a kill left behind still have to go.
            guard !plan.holders.isEmpty else { return .report(done(&report, plan)) }
        } else {
            try session.confirm("Write this to \(plan.reference)?", assumeYes: assumesYes)
        }
        var result = try await restore.execute(plan, operation: "tfguard-\(command)")
        if plan.action == .write {
            result.isReplicated = try await restore.awaitReplication(of: result, plan, limit: replicationWait)
        }
        report.result = RestoreReport.Result(
            versionID: result.versionID, serial: result.serial, sha256: result.sha256, digestUpdated: result.digestUpdated, isReplicated: result.isReplicated,
            undo: result.undo)
        report.notices = result.notes.map { Notice(.plain, .words($0)) } + result.abandonedLocks.map { Notice(.plain, .words("released an abandoned lock: held \($0)")) }
        report.problems = result.failures.map { Problem(reference: plan.reference, message: $0, hint: "tfguard doctor \(plan.reference) shows what is left.") }
        return .report(report)
    }

    /// The report when everything is as it should be already.
    private func done(_ report: inout RestoreReport, _ plan: RestorePlan) -> RestoreReport {
        report.result = RestoreReport.Result(
            versionID: plan.current?.versionID, serial: plan.newSerial, sha256: plan.from?.sha256 ?? "", digestUpdated: plan.digestAfter.map { _ in false },
            isReplicated: nil, undo: nil)
        return report
    }
}

extension RestoreReport.Plan {
    init(_ plan: RestorePlan, now: Timestamp) {
        self.init(
            reference: plan.reference, action: plan.action.rawValue, from: plan.from.map(RestoreReport.Side.init), to: RestoreReport.Side(plan.to),
            newSerial: plan.newSerial, lost: plan.lost.map { RestoreReport.Instance(address: $0.address, id: $0.id, remedy: $0.importBlock) },
            returning: plan.returning.map { RestoreReport.Instance(address: $0.address, id: $0.id, remedy: $0.removal) }, locks: plan.locks,
            holders: plan.holders.map { LockHolderRow($0, now: now) }, digestBefore: plan.digestBefore, digestAfter: plan.digestAfter, cautions: plan.cautions)
    }
}

extension RestoreReport.Side {
    init(_ side: RestorePlan.Side) {
        self.init(reference: side.reference, versionID: side.versionID, verdict: side.verdict.rawValue, size: side.size, sha256: side.sha256)
        serial = side.serial
        lineage = side.lineage
        terraformVersion = side.terraformVersion
        resourceCount = side.resourceCount
        instanceCount = side.instanceCount
    }
}
