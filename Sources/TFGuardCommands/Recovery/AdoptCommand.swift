import ArgumentParser
import Recovery
import Reports
import Sites
import Snapshots

/// `tfguard adopt errored.tfstate SITE:KEY`: puts a state that Terraform could not upload where it belongs.
struct AdoptCommand: ReportingCommand {
    static let reportName = "adopt"
    static var reportType: any Report.Type { RestoreReport.self }
    static var configuration: CommandConfiguration {
        CommandHelp.configuration(
            "adopt", "Put a state file where it belongs, such as errored.tfstate.",
            discussion: """
                The same way as tfguard restore: plan, locks, vault, write, digest, proof. Refuses a file of another lineage,
                and one that is older than the state.
                """, epilogue: epilogue)
    }
    static var epilogue: HelpEpilogue {
        HelpEpilogue(
            [.success, .failure, .partial, .locked, .wrongKey, .usage, .interrupted],
            examples: [("tfguard adopt errored.tfstate primary:network/terraform.tfstate", "what an apply could not upload")])
    }

    @Argument(help: "The file, or - for standard input.")
    var file: String

    @Argument(help: "The state: SITE:KEY; a key that never existed in full.")
    var reference: String

    @Option(help: .variable("TFGUARD_WAIT", "How long to wait for the replica to have it, such as 5s or 10m (default: 5s).", value: "duration"))
    var wait: String?

    @Flag(name: .customLong("allow-lineage-change"), help: .variable("TFGUARD_ALLOW_LINEAGE_CHANGE", "Also write a state of another lineage."))
    var allowLineageChange = false

    @Flag(name: .customLong("allow-older"), help: .variable("TFGUARD_ALLOW_OLDER", "Also write a state with a lower serial than the current one."))
    var allowOlder = false

    @OptionGroup var confirmation: ConfirmationOptions
    @OptionGroup var dryRun: DryRunOptions
    @OptionGroup var configurationOptions: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func outcome(in session: Session) async throws -> CommandOutcome {
        let environment = session.environment
        let isDryRun = try dryRun.isDryRun(environment)
        let workflow = RestoreSession(
            session: session, command: "adopt", assumesYes: try confirmation.assumesYes(environment), isDryRun: isDryRun,
            replicationWait: try ReplicationWait.duration(wait ?? environment["TFGUARD_WAIT"]))
        let access = try await RecoveryAccess(session, configurationOptions, createsVault: !isDryRun && session.output.outputPath == nil)
        let state = try access.siteReference(reference)
        var context = try await RestoreSession.context(session, access, site: state.site)
        context.mayProbe = !isDryRun
        let source: StateReference = file == "-" ? .standardInput : .path(file)
        let blob = try await context.catalog.read(source)
        let permissions = RestorePermissions(
            lineageChange: try environment.flag("TFGUARD_ALLOW_LINEAGE_CHANGE", given: allowLineageChange),
            older: try environment.flag("TFGUARD_ALLOW_OLDER", given: allowOlder))
        let restore = StateRestore(context)
        let plan = try await restore.plan(adopting: blob, as: state, allowing: permissions)
        return try await workflow.outcome(of: plan, with: restore)
    }
}
