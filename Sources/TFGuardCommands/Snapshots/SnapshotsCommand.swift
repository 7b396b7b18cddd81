import ArgumentParser
import Reports
import Vault

/// `tfguard snapshots [ID]`: lists the snapshots of the vault, or shows one.
struct SnapshotsCommand: ReportingCommand {
    static let reportName = "snapshots"
    static var reportType: any Report.Type { SnapshotsReport.self }
    static var configuration: CommandConfiguration {
        CommandHelp.configuration("snapshots", "List the snapshots of the vault, or show one.", epilogue: epilogue)
    }
    static var epilogue: HelpEpilogue {
        HelpEpilogue(
            [.success, .failure, .noVault, .wrongKey, .usage],
            examples: [
                ("tfguard snapshots", "all of them, newest first"),
                ("tfguard snapshots 3fa9c21b", "what that run recorded; any unique beginning of the id will do"),
            ])
    }

    @Argument(help: "A snapshot's id or its beginning.")
    var id: String?

    @OptionGroup var configurationOptions: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func outcome(in session: Session) async throws -> CommandOutcome {
        let vault = try await VaultAccess(session, configurationOptions).open()
        guard let id else {
            let records = try await vault.snapshots()
            return .report(SnapshotsReport(snapshots: records.map(SnapshotSummary.init), vaultLocation: vault.location))
        }
        let record = try await vault.snapshot(matching: id)
        return .report(try await SnapshotDetail(vault: vault, record: record).report())
    }
}
