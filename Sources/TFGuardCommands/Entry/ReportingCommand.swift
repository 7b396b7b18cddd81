import ArgumentParser
import Reports

/// A command that does one thing and shows what came out: parse, one workflow call, render.
protocol ReportingCommand: ParsableCommand, HelpfulCommand, Sendable {
    /// The command's name in documents and messages, for instance `vault check`.
    static var reportName: String { get }
    /// The kind of its report, which knows the formats that it can be had in.
    static var reportType: any Report.Type { get }
    /// The flags about the result's form.
    var output: OutputOptions { get }
    /// Does the work.
    /// - Throws: any module's error; ``Complaint`` says what each means to the user.
    func outcome(in session: Session) async throws -> CommandOutcome
}

/// What a command hands over for output.
enum CommandOutcome {
    case report(any Report)
    /// Exact bytes, unescaped (`show --raw`), and what there is to complain about.
    case bytes([UInt8], problems: [Problem])
}
