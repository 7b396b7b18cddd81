import ArgumentParser
import Recovery
import Reports
import Sites
import Snapshots

/// `tfguard restore REF --to VERSION`: puts a version back, safely.
struct RestoreCommand: ReportingCommand {
    static let reportName = "restore"
    static var reportType: any Report.Type { RestoreReport.self }
    static var configuration: CommandConfiguration {
        CommandHelp.configuration(
            "restore", "Put a version of a state back.",
            discussion: """
                Shows what would change and asks; then takes Terraform's own locks, keeps what is there in the vault, writes
                the version with a serial above all that were ever used, writes the digest of the lock table, reads
                everything back and releases the locks. With --output FILE only the file is written, nothing in S3.
                """, epilogue: epilogue)
    }
    static var epilogue: HelpEpilogue {
        HelpEpilogue(
            [.success, .failure, .partial, .locked, .wrongKey, .usage, .interrupted],
            examples: [
                ("tfguard restore primary:network --to last-good --dry-run", "what would be done"),
                ("tfguard restore primary:network --to serial=41 --yes", "serial 41 again, under a new serial"),
                ("tfguard restore vault:primary:network --to 7d", "from the vault, also when S3 has lost it"),
                ("tfguard restore primary:network --to latest", "write the digest of the version that is current"),
            ])
    }

    @Argument(help: "The state: SITE[:KEY], or vault:SITE[:KEY] to take the version from the vault.")
    var reference: String

    @Option(help: .variable("TFGUARD_TO", "The version that shall come: last-good, -N, serial=N, a time, an age, id=VERSION_ID, snapshot=ID, latest.", value: "version"))
    var to: String?

    @Option(help: .variable("TFGUARD_WAIT", "How long to wait for the replica to have it, such as 5s or 10m (default: 5s).", value: "duration"))
    var wait: String?

    @Flag(name: .customLong("allow-lineage-change"), help: .variable("TFGUARD_ALLOW_LINEAGE_CHANGE", "Also write a state of another lineage."))
    var allowLineageChange = false

    @OptionGroup var confirmation: ConfirmationOptions
    @OptionGroup var dryRun: DryRunOptions
    @OptionGroup var configurationOptions: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func outcome(in session: Session) async throws -> CommandOutcome {
        let environment = session.environment
        guard let text = to ?? environment["TFGUARD_TO"] else {
            throw UsageProblem("--to", "is needed: which version shall come", hint: "--to last-good takes the newest sound one; tfguard versions \(reference) lists them all.")
        }
        let isDryRun = try dryRun.isDryRun(environment)
        let workflow = RestoreSession(
            session: session, command: "restore", assumesYes: try confirmation.assumesYes(environment), isDryRun: isDryRun,
            replicationWait: try ReplicationWait.duration(wait ?? environment["TFGUARD_WAIT"]))
        let access = try await RecoveryAccess(session, configurationOptions, createsVault: !isDryRun && session.output.outputPath == nil)
        let state = try access.siteReference(reference)
        guard state.version == .latest else {
            throw UsageProblem(reference, "names a version", hint: "Name the state alone, and the version with --to.")
        }
        let version = try version(text, site: state.site, access)
        let restore = StateRestore(try await RestoreSession.context(session, access, site: state.site))
        let permissions = RestorePermissions(lineageChange: try environment.flag("TFGUARD_ALLOW_LINEAGE_CHANGE", given: allowLineageChange))
        let plan = try await restore.plan(state, to: version, allowing: permissions)
        return try await workflow.outcome(of: plan, with: restore)
    }

    /// Reads `--to` as the version of a reference.
    private func version(_ text: String, site: String, _ access: RecoveryAccess) throws -> VersionSelector {
        let bare = text.hasPrefix("@") ? String(text.dropFirst()) : text
        if bare == "latest" { return .latest }
        guard case .site(let parsed) = try access.reference("\(site)@\(bare)"), parsed.key == nil, parsed.version != .latest else {
            throw UsageProblem("--to", "\"\(text)\" is no version", hint: "A version is \(VersionSelector.acceptedForms).")
        }
        return parsed.version
    }
}

/// `5s`, `10m`, `1h`, or `0`.
enum ReplicationWait {
    static func duration(_ text: String?) throws(UsageProblem) -> Duration {
        guard let text else { return .seconds(5) }
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600]
        let unit = text.last.flatMap { units[$0] }
        guard let number = Int64(unit == nil ? Substring(text) : text.dropLast()), (0...86_400).contains(number) else {
            throw UsageProblem("--wait", "\"\(text)\" is no duration", hint: "Give seconds, or a number with s, m or h.")
        }
        return .seconds(number * (unit ?? 1))
    }
}
