import ArgumentParser
import Recovery
import Reports
import Sites

/// `tfguard failback PRIMARY DR [REF…]`: the way home from a failover.
struct FailbackCommand: ReportingCommand {
    static let reportName = "failback"
    static var reportType: any Report.Type { FailoverReport.self }
    static var configuration: CommandConfiguration {
        CommandHelp.configuration(
            "failback", "Take the states home to the primary site after a failover.",
            discussion: """
                Checks that the primary site answers and that nobody wrote there after the failover; then, once confirmed:
                locks the DR site, writes its newest generation of each state on the primary site as tfguard restore does
                (locks, vault, a serial above all that were ever used, digest, proof), releases the lock of the failover
                and ends the fence on both sides. Both sides written is a split brain: refused, until --keep says which
                side stays. Can be repeated at any time: it goes on from what is there.
                """, epilogue: epilogue)
    }
    static var epilogue: HelpEpilogue {
        HelpEpilogue(
            [.success, .failure, .partial, .locked, .wrongKey, .usage, .interrupted],
            examples: [
                ("tfguard failback primary dr --dry-run", "what would be written, and every request that would be sent"),
                ("tfguard failback primary dr --yes", "the primary region is back"),
                ("tfguard failback primary dr network --keep dr", "both sides were written: what dr has stays"),
            ])
    }

    @Argument(help: "The site that failed, and is back.")
    var primary: String

    @Argument(help: "The site that took over.")
    var dr: String

    @Argument(help: "States: keys, or unique ends of keys; none means all that are failed over.")
    var references: [String] = []

    @Option(help: .variable("TFGUARD_KEEP", "After a split brain: the site whose states stay.", value: "site"))
    var keep: String?

    @Option(name: .customLong("backend-configs"), help: .variable("TFGUARD_BACKEND_CONFIGS", "The folder for the files for terraform init -backend-config (default: ./tfguard-backends).", value: "folder"))
    var backendConfigs: String?

    @OptionGroup var confirmation: ConfirmationOptions
    @OptionGroup var dryRun: DryRunOptions
    @OptionGroup var configurationOptions: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func outcome(in session: Session) async throws -> CommandOutcome {
        let environment = session.environment
        let workflow = FailoverSession(
            session: session, options: configurationOptions, primary: primary, dr: dr, assumesYes: try confirmation.assumesYes(environment),
            isDryRun: try dryRun.isDryRun(environment), folder: try FailoverSession.folder(backendConfigs ?? environment["TFGUARD_BACKEND_CONFIGS"]))
        let failback = Failback(try await workflow.context(createsVault: !workflow.isDryRun))
        let plan = try await failback.plan(try workflow.keys(references), options: FailbackOptions(keep: keep ?? environment["TFGUARD_KEEP"]))
        var report = workflow.report(of: plan)
        if workflow.isDryRun || plan.states.isEmpty { return .report(report) }
        do { try failback.check(plan) } catch let error as LockError {
            throw Complaint.held(plan.heldLocks, error)
        }
        guard plan.states.contains(where: { $0.obstacle == nil }) else { throw Complaint(.failure, problems: report.problems) }
        try workflow.confirm(report, "Take \(Quantity.count(plan.backendFiles.count, "root", "roots")) home from \(dr) to \(primary)?")
        workflow.take(try await failback.execute(plan), into: &report)
        try workflow.write(plan.backendFiles)
        return .report(report)
    }
}
