import ArgumentParser
import Findings
import Reports
import Vault

/// `tfguard vault check`: is everything there, and is it what was written?
struct VaultCheckCommand: ReportingCommand {
    static let reportName = "vault check"
    static var reportType: any Report.Type { VaultCheckReport.self }
    static var configuration: CommandConfiguration {
        CommandHelp.configuration(
            "check", "Verify the vault; say which versions damage touches.",
            discussion: """
                Without flags the structure is verified: every record, list, history and directory. --read-data reads every
                byte, puts every version together and compares it with its SHA-256.
                """, epilogue: epilogue)
    }
    static var epilogue: HelpEpilogue {
        HelpEpilogue(
            [.success, .failure, .findings, .partial, .noVault, .wrongKey, .usage, .interrupted],
            examples: [
                ("tfguard vault check --read-data", "prove every byte"),
                ("tfguard vault check --read-data-subset 5%", "prove a random twentieth, every day another"),
            ])
    }

    @Flag(name: .customLong("read-data"), help: .variable("TFGUARD_READ_DATA", "Read every byte."))
    var readData = false

    @Option(name: .customLong("read-data-subset"), help: .variable("TFGUARD_READ_DATA_SUBSET", "Read a random share of the data.", value: "percent"))
    var subset: String?

    @OptionGroup var failOn: FailOnOptions
    @OptionGroup var configurationOptions: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func outcome(in session: Session) async throws -> CommandOutcome {
        let depth = try depth(session.environment)
        let level = try failOn.level(session.environment) ?? .low
        let vault = try await VaultAccess(session, configurationOptions).open()
        let start = ContinuousClock.now
        let result = try await vault.check(depth) { progress in session.progress.update(ProgressReading(progress)) }
        return .report(
            VaultCheckReport(result, vaultLocation: vault.location, depth: depth, failOn: level, elapsed: ContinuousClock.now - start))
    }

    private func depth(_ environment: EnvironmentVariables) throws(UsageProblem) -> CheckDepth {
        if try environment.flag("TFGUARD_READ_DATA", given: readData) { return .readAllData }
        guard let text = subset ?? environment["TFGUARD_READ_DATA_SUBSET"] else { return .structure }
        let digits = text.hasSuffix("%") ? text.dropLast() : Substring(text)
        guard let percent = Int(digits), (1...100).contains(percent) else {
            throw UsageProblem("--read-data-subset", "\"\(text)\" is no share", hint: "Give whole percents from 1% to 100%.")
        }
        return .readData(percent: percent, seed: .random(in: .min ... .max))
    }
}
