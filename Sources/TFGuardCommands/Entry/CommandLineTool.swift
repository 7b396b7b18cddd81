import ArgumentParser
import Glibc
import Reports
import Timestamps

/// The command line from its arguments to its exit status.
public enum CommandLineTool {
    /// Parses, runs one command and writes its result.
    /// - Returns: the process's exit status; see ``ExitStatus``.
    public static func run() async -> Int32 {
        // What this process writes holds states: files for their owner only.
        umask(0o077)
        // A reader that goes away shows as EPIPE at the next write. A handler, not SIG_IGN: children must not inherit it.
        signal(SIGPIPE) { _ in }
        let arguments = Array(CommandLine.arguments.dropFirst())
        let environment = EnvironmentVariables.ofProcess
        if let help = HelpPage(arguments) {
            StandardOutput.write(help.text(columns: Terminal(environment: environment).width))
            return ExitStatus.success.rawValue
        }
        let command: any ParsableCommand
        do {
            try CommandNames.check(arguments)
            command = try TFGuard.parseAsRoot(arguments)
        } catch {
            return reportParsing(error, arguments: arguments, environment: environment).rawValue
        }
        let run = CommandRun(environment: environment)
        if let reporting = command as? any ReportingCommand { return await run.run(reporting).rawValue }
        return run.runPlainly(command).rawValue
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
