import ArgumentParser
import Reports
import S3
import Sites
import Snapshots

/// `tfguard log REF [ADDRESS]`: the history as changes.
struct LogCommand: ReportingCommand {
    static let reportName = "log"
    static let reportType: any Report.Type = LogReport.self
    static var configuration: CommandConfiguration {
        CommandHelp.configuration(
            "log", "Show the history of a state as changes.",
            discussion: """
                Newest first, each version against the one before it. With an address (of an instance, a resource, a module,
                or output.NAME) only the versions that touched it; a moved instance is followed to its old address.
                SITE[:KEY]@VERSION shows the history up to that version. Versions come from S3 or the vault, and from the vault alone when S3 does not answer.
                """, epilogue: epilogue)
    }
    static var epilogue: HelpEpilogue {
        HelpEpilogue(
            statuses: [
                (.success, "done"), (.failure, ExitStatus.failure.meaning), (.partial, "a version could not be read (it is shown as such), or S3 did not answer"),
                (.noVault, ExitStatus.noVault.meaning), (.wrongKey, ExitStatus.wrongKey.meaning), (.usage, ExitStatus.usage.meaning),
                (.interrupted, ExitStatus.interrupted.meaning),
            ],
            notes: """
                --by-apply: one apply can write several versions. Neighbouring versions of one lineage whose serials do not
                fall count as one apply, and their changes are summed up, when they were written while one lock was held. The
                versions of KEY.tflock tell when that was; where there are none (other locks, the vault alone), it is versions
                that were written no more than --apply-gap apart.
                """,
            examples: [
                ("tfguard log primary:network", "what happened to the network, newest first"),
                ("tfguard log primary:app aws_instance.web --attribute ami", "when did web get its image"),
                ("tfguard log vault:primary:app --by-apply --limit 5", "the last five applies, from the vault"),
            ])
    }

    @Argument(help: "The state: SITE[:KEY][@VERSION].")
    var reference: String

    @Argument(help: "Only versions that touched this address.")
    var address: String?

    @Option(help: .variable("TFGUARD_ATTRIBUTE", "Only changes of this attribute: ami, tags[\"Name\"].", value: "path"))
    var attribute: String?

    @Flag(name: .customLong("by-apply"), help: .variable("TFGUARD_BY_APPLY", "Take the versions that one apply wrote together."))
    var byApply = false

    @Option(name: .customLong("apply-gap"), help: .variable("TFGUARD_APPLY_GAP", "Longest time between two versions of one apply outside of known locks (default: 2m).", value: "time"))
    var applyGap: String?

    @Option(help: .variable("TFGUARD_LIMIT", "Stop after so many entries.", value: "number"))
    var limit: Int?

    @OptionGroup var schema: SchemaOptions
    @OptionGroup var revealing: RevealOptions
    @OptionGroup var configurationOptions: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func outcome(in session: Session) async throws -> CommandOutcome {
        let environment = session.environment
        let most = try environment.value("TFGUARD_LIMIT", given: limit, "a number", { Int($0) })
        if let most, most < 1 { throw UsageProblem("--limit", "\(most) is no number of entries", hint: "Give 1 or more.") }
        let attribute = attribute ?? environment["TFGUARD_ATTRIBUTE"]
        let groups = try environment.flag("TFGUARD_BY_APPLY", given: byApply)
        let gap = try gap(environment)
        let knowledge = SchemaKnowledge(try schema.schema(environment))
        let display = ChangeDisplay(mask: session.mask, reveals: try revealing.isRevealing(environment))
        let history = try await StateLookup(session, configurationOptions).history(of: reference)
        var notices: [Notice] = []
        let grouping = groups ? ApplyGrouping(locks: try await locks(history, &notices), gap: gap) : nil
        var walk = HistoryWalk(
            catalog: history.catalog, list: history.list, fromVault: history.fromVault, knowledge: knowledge, display: display,
            filter: LogFilter(address: address, attribute: attribute), limit: most, grouping: grouping)
        try await walk.run()
        let problems = history.list.notes.map { Problem(reference: history.list.reference, message: $0, hint: "vault:REFERENCE reads the vault on purpose.") }
        if walk.filter.isNarrow, walk.isComplete, !walk.entries.contains(where: { $0.unreadable == nil }) {
            var subject: [Phrase.Part] = attribute.map { [.words("sets "), .verbatim($0)] } ?? [.words("holds ")]
            if attribute != nil, address != nil { subject.append(.words(" of ")) }
            notices.append(
                Notice(.caution, Phrase([.words("No version that can be read ")] + subject + [.verbatim(address ?? ""), .words(".")]), hint: "tfguard show -v lists the addresses."))
        }
        return .report(
            LogReport(
                reference: history.list.reference, address: address, attribute: attribute, isByApply: groups, entries: walk.entries,
                notices: notices, problems: problems + walk.problems))
    }

    /// When the state was locked, as far as S3 tells.
    private func locks(_ history: (catalog: StateCatalog, list: VersionList, fromVault: Bool), _ notices: inout [Notice]) async throws -> LockPeriods? {
        guard !history.fromVault else { return nil }
        do {
            return try await history.catalog.lockPeriods(of: history.list)
        } catch let error as S3Error {
            notices.append(
                Notice(.caution, Phrase([.words("The versions of the lock file could not be listed ("), .verbatim(error.code), .words("): applies are told by time alone.")])))
            return nil
        }
    }

    private func gap(_ environment: EnvironmentVariables) throws(UsageProblem) -> Duration {
        guard let text = applyGap ?? environment["TFGUARD_APPLY_GAP"] else { return .seconds(120) }
        guard let time = RelativeTime(text) else {
            throw UsageProblem("--apply-gap", "\"\(text)\" is no length of time", hint: "Give \(RelativeTime.acceptedForms).")
        }
        return time.duration
    }
}
