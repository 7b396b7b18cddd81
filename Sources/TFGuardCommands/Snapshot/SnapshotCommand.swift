import ArgumentParser
import Reports
import Sites
import Snapshots
import Timestamps
import Vault

/// `tfguard snapshot [SITE…]`: the main job.
struct SnapshotCommand: ReportingCommand {
    static let reportName = "snapshot"
    static var reportType: any Report.Type { Reports.SnapshotReport.self }
    static var configuration: CommandConfiguration {
        CommandHelp.configuration(
            "snapshot", "Back up every version of every state into the vault.",
            discussion: """
                Discovers the states of the sites, lists all their versions, fetches those that the vault lacks, verifies
                and stores them, and records what was seen. A run that was stopped or killed leaves nothing half visible;
                the next one goes on from there.
                """, epilogue: epilogue)
    }
    static var epilogue: HelpEpilogue {
        HelpEpilogue(
            [.success, .failure, .findings, .partial, .wrongKey, .usage, .interrupted],
            examples: [
                ("tfguard snapshot", "all sites of tfguard.yaml"),
                ("tfguard snapshot primary --state 'prod/**' --dry-run", "what would be fetched of some states of one site"),
            ])
    }

    @Argument(help: "The sites; none means all of the configuration.")
    var sites: [String] = []

    @OptionGroup var selection: SelectionOptions
    @OptionGroup var dryRun: DryRunOptions
    @OptionGroup var parallel: ParallelOptions
    @OptionGroup var failOn: FailOnOptions
    @OptionGroup var configurationOptions: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func outcome(in session: Session) async throws -> CommandOutcome {
        let environment = session.environment
        let now = Timestamp.now()
        let configuration = try session.requiredConfiguration(configurationOptions)
        let chosen = try sites.isEmpty ? configuration.sites : sites.map { name in try configuration.site(name) }
        let limit = try parallel.limit(environment, default: 32)
        let options = try selection.options(environment, parallel: limit, now: now)
        let isDryRun = try dryRun.isDryRun(environment)
        let severity = try failOn.level(environment)
        let access = try VaultAccess(session, configurationOptions)
        let connected = try await ConnectedSites(chosen, through: SiteAccess(session, configurationOptions, parallel: limit))
        let vault = isDryRun ? try await access.openIfPresent() : try await access.openOrCreate(at: now)
        let run = SnapshotRun(sites: connected.sites, vault: vault, options: options, tool: "tfguard \(TFGuard.version)", now: { .now() })
        let tell: @Sendable (SnapshotProgress) -> Void = { session.progress.update(ProgressReading($0)) }
        let result = isDryRun ? try await run.plan(progress: tell) : try await run.run(progress: tell)
        var report = Reports.SnapshotReport(result, vaultLocation: access.description, failOn: severity)
        report.problems = connected.problems + report.problems
        if let vault, !vault.isEncrypted, !isDryRun { report.notices.append(.unencryptedVault) }
        return .report(report)
    }
}
