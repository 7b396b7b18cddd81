import ArgumentParser
import Reports
import Vault

/// `tfguard vault stats`: what the vault holds and what it takes.
struct VaultStatsCommand: ReportingCommand {
    static let reportName = "vault stats"
    static var reportType: any Report.Type { VaultStatsReport.self }
    static var configuration: CommandConfiguration {
        CommandHelp.configuration("stats", "Show what the vault holds and what it takes; with -v for each state.", epilogue: epilogue)
    }
    static var epilogue: HelpEpilogue {
        HelpEpilogue(
            [.success, .failure, .noVault, .wrongKey, .usage],
            examples: [("tfguard vault stats --json", "for a dashboard"), ("tfguard vault stats -v", "each state's share")])
    }

    @OptionGroup var configurationOptions: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func outcome(in session: Session) async throws -> CommandOutcome {
        let vault = try await VaultAccess(session, configurationOptions).open()
        let statistics = try await vault.statistics()
        let times = try await vault.snapshots().map(\.time)
        let states = statistics.states.map { state in
            VaultStatsReport.State(
                reference: "\(state.state.site):\(state.state.key)", versions: state.versions, storedVersions: state.storedVersions,
                originalBytes: state.originalBytes, storedBytes: state.storedBytes)
        }
        return .report(
            VaultStatsReport(
                vaultLocation: vault.location, isEncrypted: vault.isEncrypted, snapshots: statistics.snapshots, states: states,
                contents: statistics.contents, originalBytes: statistics.originalBytes, storedBytes: statistics.totalBytes,
                unusedBytes: statistics.unusedBytes, oldest: times.min(), newest: times.max()))
    }
}
