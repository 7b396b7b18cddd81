import ArgumentParser
import Logging
import Reports
import Timestamps

/// Runs one command: settings, signals, the command itself, its result or its complaint.
struct CommandRun {
    let environment: EnvironmentVariables

    func run(_ command: some ReportingCommand) async -> ExitStatus {
        let terminal = Terminal(environment: environment)
        let settings: OutputSettings
        do {
            settings = try command.output.settings(environment, terminal: terminal)
            try checkFormat(of: command, settings.format)
        } catch {
            return complain(error, name: type(of: command).reportName, settings: OutputSettings(format: command.output.json ? .json : .table))
        }
        let session = Session(environment: environment, terminal: terminal, output: settings)
        let work = Task { try await command.outcome(in: session) }
        let interruption = Interruption { work.cancel() }
        defer { interruption.stop() }
        do {
            let outcome = try await work.value
            session.progress.finish()
            return try write(outcome, settings: settings, session: session)
        } catch {
            session.progress.finish()
            let reason: any Error = interruption.wasRequested && !(error is Complaint) ? CancellationError() : error
            return complain(reason, name: type(of: command).reportName, settings: settings)
        }
    }

    /// Before any work: a job must not be done and then fail because of how it was to be shown.
    private func checkFormat<Command: ReportingCommand>(of command: Command, _ format: ReportFormat) throws(UnsupportedFormat) {
        let supported = Command.reportType.formats
        guard supported.contains(format) else { throw UnsupportedFormat(command: Command.reportName, format: format, supported: supported) }
    }

    /// Runs a command that has no report.
    func runPlainly(_ command: any ParsableCommand) -> ExitStatus {
        do {
            var command = command
            try command.run()
            return .success
        } catch {
            return complain(error, name: "", settings: OutputSettings())
        }
    }

    private func write(_ outcome: CommandOutcome, settings: OutputSettings, session: Session) throws -> ExitStatus {
        switch outcome {
        case .bytes(let bytes, let problems):
            try ResultWriter(settings).write(bytes)
            tellProblems(problems)
            return problems.isEmpty ? .success : .partial
        case .report(let report):
            let rendering = Rendering(format: settings.format, layout: settings.layout, page: settings.page, time: .now())
            try ResultWriter(settings).write(Array(rendering.text(of: report).utf8))
            if settings.outputPath != nil, settings.format != .json { tellProblems(report.problems) }
            return report.status
        }
    }

    /// A result that went into a file must not hide what went wrong.
    private func tellProblems(_ problems: [Problem]) {
        for problem in problems { StandardError.write(ComplaintText(problem).text) }
    }

    private func complain(_ error: any Error, name: String, settings: OutputSettings) -> ExitStatus {
        let complaint = Complaint(error)
        for problem in complaint.problems { StandardError.write(ComplaintText(problem).text) }
        if settings.format == .json {
            let report = FailureReport(command: name, status: complaint.status, problems: complaint.problems)
            let text = JSONWriter.document(ReportEnvelope(time: .now()).document(of: report))
            do {
                try ResultWriter(settings).write(Array(text.utf8))
            } catch {
                // The first complaint decides the status; this one is told all the same.
                for problem in Complaint(error).problems { StandardError.write(ComplaintText(problem).text) }
            }
        }
        return complaint.status
    }
}
