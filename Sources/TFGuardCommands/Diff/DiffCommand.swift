import ArgumentParser
import Reports
import Sites
import Snapshots
import StateComparison
import TerraformState

/// `tfguard diff REF REF`: what changed between two versions or files.
struct DiffCommand: ReportingCommand {
    static let reportName = "diff"
    static let reportType: any Report.Type = DiffReport.self
    static var configuration: CommandConfiguration {
        CommandHelp.configuration(
            "diff", "Show what changed between two versions of a state.",
            discussion: """
                A reference is \(StateReference.acceptedForms).
                Compares meaning: formatting, the order of keys and of set elements, null and absent are no differences.
                Sensitive values show as (sensitive) with a hash of this run.
                """, epilogue: epilogue)
    }
    static var epilogue: HelpEpilogue {
        HelpEpilogue(
            statuses: [
                (.success, "no differences"), (.failure, "error: a state could not be read"), (.findings, "differences"),
                (.partial, "S3 did not answer; what the vault holds was compared"),
                (.noVault, ExitStatus.noVault.meaning), (.wrongKey, ExitStatus.wrongKey.meaning), (.usage, ExitStatus.usage.meaning),
                (.interrupted, ExitStatus.interrupted.meaning),
            ],
            examples: [
                ("tfguard diff primary:network@-1 primary:network", "what the last apply changed"),
                ("tfguard diff primary:network@7d primary:network -f markdown", "a week's changes, for a pull request"),
                ("tfguard diff old.tfstate new.tfstate --json", "two files, for a program"),
            ])
    }

    @Argument(help: "The older state.")
    var before: String

    @Argument(help: "The newer state.")
    var after: String

    @OptionGroup var schema: SchemaOptions
    @OptionGroup var revealing: RevealOptions
    @OptionGroup var configurationOptions: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func outcome(in session: Session) async throws -> CommandOutcome {
        guard before != "-" || after != "-" else {
            throw UsageProblem("-", "Standard input can be only one of the two states", hint: "Give a file or a reference for the other.")
        }
        let knowledge = SchemaKnowledge(try schema.schema(session.environment))
        let display = ChangeDisplay(mask: session.mask, reveals: try revealing.isRevealing(session.environment))
        let lookup = StateLookup(session, configurationOptions)
        // Reading and parsing cost more than comparing: both sides at once, and of two versions few instances differ.
        async let older = ComparableState(reading: before, lookup, deferring: .instanceAttributes)
        let new = try await ComparableState(reading: after, lookup, deferring: .instanceAttributes)
        let old = try await older
        let diff = StateDiff(from: old.state, to: new.state, schema: knowledge)
        var notices = old.notices + new.notices
        if diff.generation.isOtherLineage {
            notices.append(Notice(.caution, "The lineages differ: these are versions of two different states.", hint: "tfguard drift compares two stacks."))
        }
        return .report(
            DiffReport(
                before: DiffReport.Version(diff.generation.before, reference: old.reference),
                after: DiffReport.Version(diff.generation.after, reference: new.reference), changeSet: display.changeSet(diff), notices: notices,
                problems: old.problems + new.problems))
    }
}

extension DiffReport.Version {
    init(_ mark: GenerationChange.Mark, reference: String) {
        self.init(reference: reference, serial: mark.serial, lineage: mark.lineage, terraformVersion: mark.terraformVersion)
    }
}
