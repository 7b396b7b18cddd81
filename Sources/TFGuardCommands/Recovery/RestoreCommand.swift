import ArgumentParser
import Recovery
import Reports
import Sites
import Snapshots
import Timestamps

/// `tfguard restore REF --to VERSION`, `tfguard restore --all SITE --as-of TIME`: puts versions back, safely.
struct RestoreCommand: ReportingCommand {
    static let reportName = "restore"
    static var reportType: any Report.Type { RestoreReport.self }
    static var configuration: CommandConfiguration {
        CommandHelp.configuration(
            "restore", "Put a version of a state back, or of many.",
            discussion: """
                Shows what would change and asks; then takes Terraform's own locks, keeps what is there in the vault, writes
                the version with a serial above all that were ever used, writes the digest of the lock table, reads
                everything back and releases the locks. Several states are planned together and restored one after the
                other, up to the first failure; the same command again goes on from there. With --output FILE only the
                file is written, nothing in S3.
                """, epilogue: epilogue)
    }
    static var epilogue: HelpEpilogue {
        HelpEpilogue(
            [.success, .failure, .partial, .locked, .wrongKey, .usage, .interrupted],
            examples: [
                ("tfguard restore primary:network --to last-good --dry-run", "what would be done"),
                ("tfguard restore primary:network --to serial=41 --yes", "serial 41 again, under a new serial"),
                ("tfguard restore vault:primary:network --to 7d", "from the vault, also when S3 has lost it"),
                ("tfguard restore --all primary --as-of 2026-11-22T14:00:00Z", "every state as it was then"),
                ("tfguard restore primary:network --to last-good --to-site dr", "into the bucket of another site"),
                ("tfguard restore primary:network --to latest", "write the digest of the version that is current"),
            ])
    }

    @Argument(help: "The states: SITE[:KEY], or vault:SITE[:KEY] to take the version from the vault. With --all: the sites.")
    var references: [String] = []

    @OptionGroup var options: RestoreOptions
    @OptionGroup var confirmation: ConfirmationOptions
    @OptionGroup var dryRun: DryRunOptions
    @OptionGroup var configurationOptions: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func outcome(in session: Session) async throws -> CommandOutcome {
        let environment = session.environment
        let request = try RestoreRequest(options, environment, now: .now())
        guard let first = references.first else {
            throw UsageProblem("restore", "needs a state, or --all and a site", hint: "tfguard restore SITE:KEY --to last-good; tfguard restore --all SITE --as-of TIME.")
        }
        let isDryRun = try dryRun.isDryRun(environment)
        let workflow = RestoreSession(
            session: session, command: "restore", assumesYes: try confirmation.assumesYes(environment), isDryRun: isDryRun, replicationWait: request.wait)
        let writes = !isDryRun && session.output.outputPath == nil
        let access = try await RecoveryAccess(session, configurationOptions, createsVault: writes)
        let targets = RestoreTargets(session: session, access: access, request: request, writes: writes)
        if references.count == 1, !request.takesAll {
            let target = try await targets.target(first)
            let plan = try await target.restore.plan(target.reference, to: target.version, at: target.destination, allowing: target.permissions)
            return try await workflow.outcome(of: plan, with: target.restore)
        }
        guard session.output.outputPath == nil || session.output.format == .json else {
            throw UsageProblem("--output", "takes one state", hint: "Name one state, or leave it out.")
        }
        return try await RestoreSeriesSession(workflow: workflow, request: request).outcome(of: targets.targets(references))
    }
}
