import ArgumentParser
import Logging
import Recovery
import Reports
import Sites
import Timestamps

/// `tfguard drill [SITE|REF…]`: rehearses a restore, and leaves evidence.
struct DrillCommand: ReportingCommand {
    static let reportName = "drill"
    static var reportType: any Report.Type { DrillReport.self }
    static var configuration: CommandConfiguration {
        CommandHelp.configuration(
            "drill", "Rehearse a restore of every state, time it, and leave signed evidence.",
            discussion: """
                Restores each state into a scratch place, reads it back and compares it byte for byte; lets Terraform list
                it, and with --code also show it and plan with it, without a network; measures how long the recovery takes;
                writes evidence as JSON and Markdown, signed with an Ed25519 key that openssl can check; and cleans up.
                Nothing that Terraform prints is shown or kept.
                """, epilogue: epilogue)
    }
    static var epilogue: HelpEpilogue {
        HelpEpilogue(
            statuses: [
                (.success, "every state came back, in time"), (.failure, "none came back"), (.findings, "the objective was missed, or Terraform found something"),
                (.partial, "some came back, or something was left behind"), (.noVault, ExitStatus.noVault.meaning), (.wrongKey, ExitStatus.wrongKey.meaning),
                (.usage, ExitStatus.usage.meaning), (.interrupted, ExitStatus.interrupted.meaning),
            ],
            examples: [
                ("tfguard drill vault:primary", "every state of the primary site, from the vault alone"),
                ("tfguard drill primary --into dr --yes", "into a scratch prefix of the DR site's bucket"),
                ("tfguard drill primary:network --code infra/network --recovery-time 15m", "with a plan, held against an objective"),
            ])
    }

    @Argument(help: "Sites or states, vault: in front takes them from the vault alone; none means the first site.")
    var references: [String] = []

    @Option(help: .variable("TFGUARD_INTO", "Where to restore to: a site, s3://BUCKET/PREFIX, or a folder (default: a temporary folder).", value: "place"))
    var into: String?

    @Option(help: .variable("TFGUARD_CODE", "A root module to plan with; may be given several times. The variable takes several with colons.", value: "folder"))
    var code: [String] = []

    @Option(name: .customLong("var-file"), help: .variable("TFGUARD_VAR_FILE", "A variable file for the plans; may be given several times. The variable takes several with colons.", value: "file"))
    var variableFiles: [String] = []

    @Option(help: .variable("TFGUARD_TERRAFORM", "The Terraform or OpenTofu to check with (default: terraform on PATH), or none.", value: "program"))
    var terraform: String?

    @Flag(help: .variable("TFGUARD_ONLINE", "Let providers use the network while they plan."))
    var online = false

    @Option(name: .customLong("recovery-time"), help: .variable("TFGUARD_RECOVERY_TIME", "The recovery time objective, such as 15m (default: drill.recovery_time of the configuration).", value: "duration"))
    var recoveryTime: String?

    @Option(help: .variable("TFGUARD_EVIDENCE", "The folder for the evidence (default: ./tfguard-evidence).", value: "folder"))
    var evidence: String?

    @Option(name: .customLong("signing-key"), help: .variable("TFGUARD_SIGNING_KEY", "The Ed25519 key that signs the evidence, in PEM; made when it is not there (default: ~/.config/tfguard/evidence-key.pem).", value: "file"))
    var signingKey: String?

    @OptionGroup var confirmation: ConfirmationOptions
    @OptionGroup var configurationOptions: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func outcome(in session: Session) async throws -> CommandOutcome {
        let environment = session.environment
        let access = try await RecoveryAccess(session, configurationOptions)
        let selection = DrillSelection(session: session, access: access)
        let chosen = try await selection.states(references)
        let place = try await selection.place(into ?? environment["TFGUARD_INTO"], at: chosen.references)
        let key = try EvidenceKeyFile(signingKey ?? environment["TFGUARD_SIGNING_KEY"], environment).key()
        if case .site(let site) = place {
            try session.confirm("Write \(Quantity.count(chosen.references.count, "state", "states")) into a scratch prefix of s3://\(site.settings.bucket), and remove them again?", assumeYes: confirmation.assumesYes(environment))
        }
        let objective = try self.objective(environment) ?? access.configuration.drill.recoveryTime
        let rehearsal = try selection.rehearsal(
            terraform ?? environment["TFGUARD_TERRAFORM"], code: list(code, "TFGUARD_CODE", environment), variableFiles: list(variableFiles, "TFGUARD_VAR_FILE", environment),
            isOnline: try environment.flag("TFGUARD_ONLINE", given: online), references: chosen.references)
        let drill = Drill(catalog: access.catalog(chosen.sites), terraform: rehearsal, now: { .now() })
        let result = try await drill.run(chosen.references, into: place, id: Self.newID()) { session.log.info("rehearsing", metadata: ["state": "\($0)"]) }
        var report = DrillReport(result, objective: objective, problems: chosen.problems)
        let folder = try WorkingDirectory.absolute(evidence ?? environment["TFGUARD_EVIDENCE"] ?? "tfguard-evidence")
        try EvidenceFolder(path: folder, key: key).write(&report)
        return .report(report)
    }

    /// A run's name: the time, so that evidence sorts, and what makes it the only one.
    private static func newID() -> String {
        let digits = Timestamp.now().amzDate
        return "\(digits)-\(OwnProcess.newID().prefix(8))"
    }

    private func list(_ given: [String], _ variable: String, _ environment: EnvironmentVariables) -> [String] {
        given.isEmpty ? (environment[variable] ?? "").split(separator: ":").map(String.init) : given
    }

    private func objective(_ environment: EnvironmentVariables) throws(UsageProblem) -> Duration? {
        guard let text = recoveryTime ?? environment["TFGUARD_RECOVERY_TIME"] else { return nil }
        guard let time = RelativeTime(text) else {
            throw UsageProblem("--recovery-time", "\"\(text)\" is no length of time", hint: "Give \(RelativeTime.acceptedForms).")
        }
        return time.duration
    }
}
