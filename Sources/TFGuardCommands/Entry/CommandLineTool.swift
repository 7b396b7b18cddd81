import ArgumentParser
import Glibc
import Reports
import Timestamps

/// The command line from its arguments to its exit status.
public enum CommandLineTool {
    /// Parses, runs one command, writes its result and exits; see <doc:ExitStatuses>.
    ///
    /// Whatever needs no waiting (help, version, mistakes) is answered before the concurrency runtime starts its threads.
    public static func main() -> Never {
        // What this process writes holds states: files for their owner only.
        umask(0o077)
        // A reader that goes away shows as EPIPE at the next write. A handler, not SIG_IGN: children must not inherit it.
        signal(SIGPIPE) { _ in }
        let arguments = Array(CommandLine.arguments.dropFirst())
        let run = CommandRun(environment: .ofProcess)
        switch read(arguments, run.environment) {
        case .status(let status): exit(status.rawValue)
        case .plain(let command): exit(run.runPlainly(command).rawValue)
        case .reporting(let command):
            Task.detached { exit(await run.run(command).rawValue) }
            while true { pause() }
        }
    }

    /// What the arguments ask for.
    private enum Request {
        /// Answered already.
        case status(ExitStatus)
        case plain(any ParsableCommand)
        case reporting(any ReportingCommand)
    }

    private static func read(_ arguments: [String], _ environment: EnvironmentVariables) -> Request {
        if arguments == ["--version"] {
            StandardOutput.write("tfguard \(TFGuard.version)\n")
            return .status(.success)
        }
        if let help = HelpPage(arguments) {
            StandardOutput.write(help.text(columns: Terminal(environment: environment).width))
            return .status(.success)
        }
        do {
            try CommandNames.check(arguments)
            let command = try TFGuard.parseAsRoot(arguments)
            if let reporting = command as? any ReportingCommand { return .reporting(reporting) }
            return .plain(command)
        } catch {
            return .status(reportParsing(error, arguments: arguments, environment: environment))
        }
    }

    /// Help and version go to standard output; a mistake goes to standard error, and into a document for `--json`.
    private static func reportParsing(_ error: any Error, arguments: [String], environment: EnvironmentVariables) -> ExitStatus {
        let name = HelpPage.command(in: arguments).name
        let problem: Problem
        if let error = error as? UsageProblem {
            problem = Problem(reference: error.subject, message: error.message, hint: error.hint)
        } else {
            guard !TFGuard.exitCode(for: error).isSuccess else {
                StandardOutput.write(TFGuard.fullMessage(for: error) + "\n")
                return .success
            }
            let help = (["tfguard"] + (name.isEmpty ? [] : [name]) + ["--help"]).joined(separator: " ")
            problem = Problem(reference: name, message: TFGuard.message(for: error), hint: "\(help) lists what there is.")
        }
        StandardError.write(ComplaintText(problem).text)
        if OutputOptions.wantsJSON(arguments, environment) {
            let report = FailureReport(command: name, status: .usage, problems: [problem])
            StandardOutput.write(JSONWriter.document(ReportEnvelope(time: .now()).document(of: report)))
        }
        return .usage
    }
}
