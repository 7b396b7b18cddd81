import ArgumentParser
import Reports
import Sites
import Snapshots
import StateJSON

/// `tfguard show REF`: what a state holds.
struct ShowCommand: ReportingCommand {
    static let reportName = "show"
    static var reportType: any Report.Type { ShowReport.self }
    static var configuration: CommandConfiguration {
        CommandHelp.configuration(
            "show", "Show what a state holds.",
            discussion: """
                A reference is \(StateReference.acceptedForms).
                Outputs that are sensitive, or look like secrets, are masked. With -v every address is listed.
                """, epilogue: epilogue)
    }
    static var epilogue: HelpEpilogue {
        HelpEpilogue(
            [.success, .failure, .partial, .noVault, .wrongKey, .usage, .interrupted],
            examples: [
                ("tfguard show primary:network@serial=41", "what the state held at serial 41"),
                ("tfguard show vault:primary:network@7d --raw -o old.tfstate", "the exact bytes of a week ago, from the vault"),
            ])
    }

    @Argument(help: "The state.")
    var reference: String

    @Flag(help: .variable("TFGUARD_RAW", "The exact bytes, secrets and all."))
    var raw = false

    @OptionGroup var revealing: RevealOptions
    @OptionGroup var configurationOptions: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func outcome(in session: Session) async throws -> CommandOutcome {
        let found = try await StateLookup(session, configurationOptions).read(reference)
        // What the vault alone says may not be the newest: shown, but never with status 0.
        let problems = found.notes.map { Problem(reference: found.reference, message: $0, hint: "vault:REFERENCE reads the vault on purpose.") }
        if try session.environment.flag("TFGUARD_RAW", given: raw) {
            return .bytes(found.bytes.withUnsafeBytes { Array($0) }, problems: problems)
        }
        let display = try StateDisplay(mask: session.mask, reveals: revealing.isRevealing(session.environment))
        var report = try display.report(of: found.bytes, reference: found.reference)
        report.problems = problems
        return .report(report)
    }
}
