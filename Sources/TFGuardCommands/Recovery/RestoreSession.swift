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
    ///
    /// - Parameter origin: the site that versions come from, when it may be another.
    static func context(_ session: Session, _ access: RecoveryAccess, site name: String, origin: String? = nil) async throws -> RestoreContext {
        let connection = try await access.connect(name)
        let replicas = await access.replicas(of: name)
        let other = if let origin, origin != name { try await access.connect(origin).site } else { Site?.none }
        var context = RestoreContext(
            catalog: access.catalog([connection.site] + [other].compactMap(\.self) + replicas.filter { $0.name != other?.name }), site: connection.site,
            dynamoDB: connection.dynamoDB, vault: access.vault, replicas: replicas, version: TFGuard.version, who: OwnProcess.userAtHost, process: .current(),
            now: { .now() }, newID: { OwnProcess.newID() }, reached: OwnProcess.checkpoint(session.environment))
        context.origin = other
        context.origins = Set(access.configuration.replication.filter { $0.to == name }.map(\.from))
        return context
    }

    func outcome(of plan: RestorePlan, with restore: StateRestore) async throws -> CommandOutcome {
        if session.output.outputPath != nil { return .bytes(plan.bytes[0..<plan.bytes.count], problems: []) }
        var report = RestoreReport(command: command, plan: RestoreReport.Plan(plan, now: .now()), result: nil, notices: [], problems: [])
        if isDryRun { return .report(report) }
        if let holder = plan.obstacles.first { throw LockError.held(holder) }
        if plan.isSettled, plan.holders.isEmpty { return .report(done(&report, plan)) }
        if plan.action != .nothing || !plan.holders.allSatisfy(\.isAbandoned) { try confirm(report, plan) }
        var result = try await restore.execute(plan, operation: "tfguard-\(command)")
        if plan.action == .write {
            result.isReplicated = try await restore.awaitReplication(of: result, plan, limit: replicationWait)
        }
        report.result = RestoreReport.Result(result)
        report.notices = RestoreReport.notices(of: result)
        report.problems = RestoreReport.problems(of: result, plan.reference)
        return .report(report)
    }

    /// Shows the plan to a person, and asks.
    private func confirm(_ report: RestoreReport, _ plan: RestorePlan) throws {
        if !assumesYes { try show(report) }
        let broken = plan.holders.filter { $0.info?.id == plan.brokenLock }
        let breaking = broken.isEmpty ? "" : "Break the lock that is held \(broken.map { "\($0)" }.joined(separator: "; ")), whose run would no longer be protected, and "
        try session.confirm(breaking.isEmpty ? "Write this to \(plan.reference)?" : "\(breaking)write this to \(plan.reference)?", assumeYes: assumesYes)
    }

    func show(_ report: any Report) throws {
        let rendering = Rendering(format: .table, layout: session.output.layout, page: session.output.page, time: .now())
        StandardError.write(try rendering.text(of: report))
    }

    /// The report when everything is as it should be already.
    private func done(_ report: inout RestoreReport, _ plan: RestorePlan) -> RestoreReport {
        report.result = RestoreReport.Result(unchanged: plan)
        return report
    }
}
