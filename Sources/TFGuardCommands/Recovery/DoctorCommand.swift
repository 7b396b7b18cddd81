import ArgumentParser
import Findings
import Recovery
import Reports
import Sites
import Snapshots

/// `tfguard doctor [REF or SITE…]`: is any state corrupt, shrunken, forked, locked, mismatched; what to do.
struct DoctorCommand: ReportingCommand {
    static let reportName = "doctor"
    static var reportType: any Report.Type { DoctorReport.self }
    static var configuration: CommandConfiguration {
        CommandHelp.configuration(
            "doctor", "Judge states: damage, losses, locks, digests; and what to do.",
            discussion: """
                Judges the current version of each state by itself and against its history, names the last good version,
                shows who holds the lock, tells which version the digest in the lock table belongs to, whether a replica is
                out of step, and which objects stand in two states. A file is judged by itself, or after the .backup beside
                it; of a folder all state files are. A verdict other than ok or encrypted always gives exit status 2.
                """, epilogue: epilogue)
    }
    static var epilogue: HelpEpilogue {
        HelpEpilogue(
            [.success, .failure, .findings, .partial, .wrongKey, .usage, .interrupted],
            examples: [
                ("tfguard doctor", "every state of every site"),
                ("tfguard doctor primary:network", "one state"),
                ("tfguard doctor broken.tfstate --salvage rescued.tfstate", "the whole instances of a file that breaks off"),
            ])
    }

    @Argument(help: "States, versions of states, sites, files or folders; none means all sites.")
    var references: [String] = []

    @Option(name: .customLong("watch-shrink"), help: .variable("TFGUARD_WATCH_SHRINK", "The share of its objects that a state may lose in one step without suspicion (default: 20%).", value: "percent"))
    var watchShrink: String?

    @Option(help: .variable("TFGUARD_SALVAGE", "Write the whole instances of one broken state to a file, marked as salvaged.", value: "file"))
    var salvage: String?

    @Option(help: .variable("TFGUARD_REPAIR", "Write the exact state out of one file with a byte order mark, UTF-16, gzip or aws-chunked framing.", value: "file"))
    var repair: String?

    @OptionGroup var parallel: ParallelOptions
    @OptionGroup var failOn: FailOnOptions
    @OptionGroup var configurationOptions: ConfigurationOptions
    @OptionGroup var output: OutputOptions

    func outcome(in session: Session) async throws -> CommandOutcome {
        let environment = session.environment
        let threshold = watchShrink ?? environment["TFGUARD_WATCH_SHRINK"]
        var policy = Diagnosis.Policy()
        if let threshold {
            guard let parsed = ShrinkThreshold(threshold) else {
                throw UsageProblem("--watch-shrink", "\"\(threshold)\" is no share", hint: "Give a percentage above 0 and up to 100, such as 20%.")
            }
            policy.shrinkThreshold = parsed.share
        }
        let level = try failOn.level(environment) ?? .medium
        let limit = try parallel.limit(environment, default: 16)
        let round = DoctorRound(session: session, options: configurationOptions, parallel: limit, policy: policy)
        let found = try await round.examine(references)
        let notices = try rescue(found.examinations, environment)
        return .report(DoctorReport(found.examinations, problems: found.problems, notices: notices, failOn: level))
    }

    /// Writes what `--repair` and `--salvage` ask for.
    private func rescue(_ examinations: [StateExamination], _ environment: EnvironmentVariables) throws -> [Notice] {
        var notices: [Notice] = []
        if let path = repair ?? environment["TFGUARD_REPAIR"] {
            let (reference, bytes) = try only(examinations, flag: "--repair")
            notices.append(try StateRescue(reference: reference, bytes: bytes).repair(to: path))
        }
        if let path = salvage ?? environment["TFGUARD_SALVAGE"] {
            let (reference, bytes) = try only(examinations, flag: "--salvage")
            notices.append(try StateRescue(reference: reference, bytes: bytes).salvage(to: path))
        }
        return notices
    }

    private func only(_ examinations: [StateExamination], flag: String) throws -> (String, StateRescue.Bytes) {
        guard examinations.count == 1, let examination = examinations.first else {
            throw UsageProblem(flag, "needs exactly one state, not \(examinations.count)", hint: "Name one state or file.")
        }
        guard let bytes = examination.bytes else {
            throw Complaint(.failure, examination.reference, "There are no bytes to work on.", hint: "Name a version through a file: tfguard show REF --raw -o FILE.")
        }
        return (examination.reference, bytes)
    }
}
