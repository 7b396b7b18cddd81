import ArgumentParser
import Findings
import Reports
import Sites
import StackParity
import Timestamps

/// `tfguard drift PRIMARY DR`: which differences of two stacks would hurt on the day of the failover.
struct DriftCommand: ReportingCommand {
    static let reportName = "drift"
    static let reportType: any Report.Type = DriftReport.self
    static var configuration: CommandConfiguration {
        CommandHelp.configuration(
            "drift", "Compare a primary and a DR stack by meaning.",
            discussion: """
                Give two sites (all their states are paired: by drift.pairs of the configuration, by key, or the only one of
                each), two references or files, or one reference that holds both stacks. A reference is
                \(StateReference.acceptedForms).
                Differences that a second region must have are counted by reason, never reported; --show-expected lists them.
                """, epilogue: epilogue)
    }
    static var epilogue: HelpEpilogue {
        HelpEpilogue(
            statuses: [
                (.success, "no findings"), (.failure, "error: nothing could be compared"), (.findings, "findings at or above --fail-on"),
                (.partial, "a state could not be read; the others were compared"), (.noVault, ExitStatus.noVault.meaning),
                (.wrongKey, ExitStatus.wrongKey.meaning), (.usage, ExitStatus.usage.meaning), (.interrupted, ExitStatus.interrupted.meaning),
            ],
            examples: [
                ("tfguard drift primary dr", "two sites, all states"),
                ("tfguard drift primary dr -f html -o drift.html", "a page for people who decide"),
                ("tfguard drift one.tfstate --split providers=default,backup", "both stacks in one state"),
                ("tfguard drift primary dr --baseline accepted.json -f sarif", "in CI: only what is new"),
                ("tfguard drift primary dr --explain aws_db_instance.main", "how it was paired and judged"),
            ])
    }

    @Argument(help: "The primary: a site, or a state. Alone: the state that holds both stacks.")
    var primary: String

    @Argument(help: "The DR site, or its state.")
    var dr: String?

    @Option(help: .variable("TFGUARD_SPLIT", "How one state holds both stacks: \(SplitArgument.forms).", value: "form"))
    var split: SplitArgument?

    @OptionGroup var ruleOptions: DriftRuleOptions
    @OptionGroup var baselineOptions: DriftBaselineOptions

    @Flag(name: .customLong("show-expected"), help: .variable("TFGUARD_SHOW_EXPECTED", "List every expected difference with its reason."))
    var showExpected = false

    @Option(help: .variable("TFGUARD_EXPLAIN", "Tell how this instance was paired and judged.", value: "address"))
    var explain: String?

    @Option(name: .customLong("as-of"), help: .variable("TFGUARD_AS_OF", "Compare the versions that were current then: a time with its zone, or an age such as 7d.", value: "time"))
    var asOf: String?

    @Flag(name: .customLong("from-vault"), help: .variable("TFGUARD_FROM_VAULT", "Read from the vault alone."))
    var fromVault = false

    @Option(name: .customLong("fail-on"), help: .variable("TFGUARD_FAIL_ON", "Exit with 2 for findings from this severity on: info, low, medium, high, critical (default: info).", value: "level"))
    var failOn: Severity?

    @OptionGroup var schema: SchemaOptions
    @OptionGroup var revealing: RevealOptions
    @OptionGroup var configurationOptions: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func outcome(in session: Session) async throws -> CommandOutcome {
        let environment = session.environment
        let configuration = try session.configuration(configurationOptions)
        let rules = try ruleOptions.rules(configuration, environment, now: .now())
        let accepted = try baselineOptions.baseline(environment)
        let split = try environment.value("TFGUARD_SPLIT", given: split, SplitArgument.forms, { SplitArgument(argument: $0) })
        if split != nil, dr != nil {
            throw UsageProblem("--split", "is for one state that holds both stacks, and two were given", hint: "Leave out --split or the second state.")
        }
        let names = Severity.allCases.map(\.rawValue).joined(separator: ", ")
        let level = try environment.value("TFGUARD_FAIL_ON", given: failOn, "one of \(names)", { Severity(rawValue: $0) }) ?? .info
        let explained = explain ?? environment["TFGUARD_EXPLAIN"]
        let comparison = DriftComparison(
            schema: try schema.schema(environment), rules: rules, mask: session.mask, reveals: try revealing.isRevealing(environment),
            listsExpected: try environment.flag("TFGUARD_SHOW_EXPECTED", given: showExpected), explained: explained)
        var run = DriftRun(
            lookup: StateLookup(session, configurationOptions), configuration: configuration, asOf: asOf ?? environment["TFGUARD_AS_OF"],
            fromVault: try environment.flag("TFGUARD_FROM_VAULT", given: fromVault), comparison: comparison)
        if let dr { try await run.compare(primary, dr) } else { try await run.compareStacks(in: primary, by: split?.criterion) }
        if let explained, run.comparison.explanation == nil, run.problems.isEmpty {
            throw Complaint(.failure, explained, "Neither side has this address.", hint: "tfguard show -v lists the addresses.")
        }
        var report = DriftReport(
            pairs: run.comparison.pairs, failOn: level, explanation: run.comparison.explanation, staleRules: run.comparison.staleRules,
            notices: run.notices, problems: run.problems)
        try baselineOptions.apply(accepted, to: &report, environment)
        return .report(report)
    }
}
