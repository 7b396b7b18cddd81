import ArgumentParser
import Recovery
import Reports
import Sites
import Snapshots
import Timestamps

/// `tfguard unlock REF [--id ID]`: shows who holds a state's lock, and removes a stale one.
struct UnlockCommand: ReportingCommand {
    static let reportName = "unlock"
    static var reportType: any Report.Type { UnlockReport.self }
    static var configuration: CommandConfiguration {
        CommandHelp.configuration(
            "unlock", "Show who holds a state's lock; remove a stale one by its exact id.",
            discussion: "Looks at the lock file and, where the site names a table, at its item. Without --id nothing is removed.", epilogue: epilogue)
    }
    static var epilogue: HelpEpilogue {
        HelpEpilogue(
            statuses: [
                (.success, "the lock is free, or is now"), (.failure, ExitStatus.failure.meaning), (.locked, "the lock is held"), (.usage, ExitStatus.usage.meaning),
                (.interrupted, ExitStatus.interrupted.meaning),
            ],
            examples: [
                ("tfguard unlock primary:network", "who holds it, since when"),
                ("tfguard unlock primary:network --id 41564fba-e6c5-5e89-534f-b53733281637", "remove that lock, both halves of it"),
            ])
    }

    @Argument(help: "The state: SITE[:KEY].")
    var reference: String

    @Option(help: .variable("TFGUARD_ID", "The lock's whole id.", value: "id"))
    var id: String?

    @Flag(help: .variable("TFGUARD_UNREADABLE", "Remove a lock whose content cannot be read, which no id can name."))
    var unreadable = false

    @OptionGroup var confirmation: ConfirmationOptions
    @OptionGroup var dryRun: DryRunOptions
    @OptionGroup var configurationOptions: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func outcome(in session: Session) async throws -> CommandOutcome {
        let environment = session.environment
        let access = try await RecoveryAccess(session, configurationOptions)
        let state = try access.siteReference(reference)
        let connection = try await access.connect(state.site)
        let key = try await access.catalog([connection.site]).versions(of: SiteReference(site: state.site, key: state.key)).key
        let lock = StateLock(of: key, at: connection.site, dynamoDB: connection.dynamoDB, looksEverywhere: true)
        let holders = try await lock.holders()
        let name = id ?? environment["TFGUARD_ID"]
        let removesUnreadable = try environment.flag("TFGUARD_UNREADABLE", given: unreadable)
        let chosen = holders.filter { holder in holder.info.map { $0.id == name } ?? removesUnreadable }
        if let name, !holders.isEmpty, !holders.contains(where: { $0.info?.id == name }), let other = holders.first {
            throw LockError.notOurs(expected: name, found: other)
        }
        let isDryRun = try dryRun.isDryRun(environment)
        if !chosen.isEmpty, !isDryRun {
            let words = chosen.map { "\($0)" }.joined(separator: "; ")
            try session.confirm("Remove the lock that is held \(words)? A run that is still at work would no longer be protected.", assumeYes: confirmation.assumesYes(environment))
            if let name { _ = try await lock.breakLock(name) }
            if removesUnreadable { try await lock.removeUnreadable() }
        }
        let now = Timestamp.now()
        return .report(
            UnlockReport(
                reference: "\(state.site):\(key)", holders: holders.map { LockHolderRow($0, now: now) }, removed: chosen.map { LockHolderRow($0, now: now) }, isDryRun: isDryRun))
    }
}
