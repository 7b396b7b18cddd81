import ArgumentParser
import Recovery
import Reports
import Sites

/// `tfguard failover PRIMARY DR [REF…]`: makes the DR site usable as Terraform's backend.
struct FailoverCommand: ReportingCommand {
    static let reportName = "failover"
    static var reportType: any Report.Type { FailoverReport.self }
    static var configuration: CommandConfiguration {
        CommandHelp.configuration(
            "failover", "Make the DR site usable as Terraform's backend, and fence the primary one.",
            discussion: """
                Says what each state loses, then, once confirmed: sets a fence on both sides, holds Terraform's own lock on
                a primary side that still answers, removes locks that replication left on the DR side (each named by its
                id), seeds the digests of the DR lock table, examines every state once more, and writes the files for
                terraform init -backend-config. Can be repeated at any time: it goes on from what is there. The way home
                is tfguard failback.
                """, epilogue: epilogue)
    }
    static var epilogue: HelpEpilogue {
        HelpEpilogue(
            [.success, .failure, .partial, .locked, .wrongKey, .usage, .interrupted],
            examples: [
                ("tfguard failover primary dr --dry-run", "what would be lost, and every request that would be sent"),
                ("tfguard failover primary dr --yes", "the primary region is gone"),
                ("tfguard failover primary dr network --while-primary-answers", "move one state on purpose: locked, nothing lost"),
            ])
    }

    @Argument(help: "The site that fails.")
    var primary: String

    @Argument(help: "The site that takes over.")
    var dr: String

    @Argument(help: "States: keys, or unique ends of keys; none means all that the primary site has.")
    var references: [String] = []

    @Flag(name: .customLong("while-primary-answers"), help: .variable("TFGUARD_WHILE_PRIMARY_ANSWERS", "Leave a primary site that is alive: lock it, wait for its last versions, then fence it."))
    var whilePrimaryAnswers = false

    @Flag(name: .customLong("accept-loss"), help: .variable("TFGUARD_ACCEPT_LOSS", "Leave versions behind that replication has not brought from a primary site that is alive."))
    var acceptLoss = false

    @Option(name: .customLong("break-lock"), help: .variable("TFGUARD_BREAK_LOCK", "The whole id of a lock on the DR site whose run is dead; may be given several times. The variable takes several with commas.", value: "id"))
    var breakLock: [String] = []

    @Option(name: .customLong("lock-primary"), help: .variable("TFGUARD_LOCK_PRIMARY", "Hold Terraform's lock on the primary site: auto, always or never (default: auto).", value: "when"))
    var lockPrimary: String?

    @Option(help: .variable("TFGUARD_WAIT", "How long replication may take to bring the last versions, such as 30s or 10m (default: 30s).", value: "duration"))
    var wait: String?

    @Option(name: .customLong("backend-configs"), help: .variable("TFGUARD_BACKEND_CONFIGS", "The folder for the files for terraform init -backend-config (default: ./tfguard-backends).", value: "folder"))
    var backendConfigs: String?

    @OptionGroup var confirmation: ConfirmationOptions
    @OptionGroup var dryRun: DryRunOptions
    @OptionGroup var configurationOptions: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func outcome(in session: Session) async throws -> CommandOutcome {
        let environment = session.environment
        let options = try failoverOptions(environment)
        let workflow = FailoverSession(
            session: session, options: configurationOptions, primary: primary, dr: dr, assumesYes: try confirmation.assumesYes(environment),
            isDryRun: try dryRun.isDryRun(environment), folder: try FailoverSession.folder(backendConfigs ?? environment["TFGUARD_BACKEND_CONFIGS"]))
        let failover = Failover(try await workflow.context())
        let plan = try await failover.plan(try workflow.keys(references), options: options)
        var report = workflow.report(of: plan)
        if workflow.isDryRun { return .report(report) }
        do { try failover.check(plan, options) } catch let error as LockError {
            throw Complaint.locks(plan.unbrokenLocks, error)
        }
        guard !plan.backendFiles.isEmpty else { throw Complaint(.failure, problems: report.problems) }
        try workflow.confirm(report, "Fail over \(Quantity.count(plan.backendFiles.count, "root", "roots")) from \(primary) to \(dr)?")
        let result = try await failover.execute(plan, options: options)
        workflow.take(result, into: &report)
        try workflow.write(plan.backendFiles)
        return .report(report)
    }

    private func failoverOptions(_ environment: EnvironmentVariables) throws(UsageProblem) -> FailoverOptions {
        let ids = breakLock.isEmpty ? (environment["TFGUARD_BREAK_LOCK"] ?? "").split(separator: ",").map(String.init) : breakLock
        let words = FailoverOptions.PrimaryLock.allCases.map(\.rawValue).joined(separator: ", ")
        let text = lockPrimary ?? environment["TFGUARD_LOCK_PRIMARY"] ?? FailoverOptions.PrimaryLock.automatic.rawValue
        guard let lock = FailoverOptions.PrimaryLock(rawValue: text) else {
            throw UsageProblem("--lock-primary", "\"\(text)\" is none of \(words)", hint: "Give one of \(words).")
        }
        return FailoverOptions(
            whilePrimaryAnswers: try environment.flag("TFGUARD_WHILE_PRIMARY_ANSWERS", given: whilePrimaryAnswers),
            acceptsLoss: try environment.flag("TFGUARD_ACCEPT_LOSS", given: acceptLoss), breakLocks: Set(ids), primaryLock: lock,
            wait: try ReplicationWait.duration(wait ?? environment["TFGUARD_WAIT"] ?? "30s"))
    }
}
