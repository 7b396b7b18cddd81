/// A command that could not do its work: the document that `--json` still prints.
public struct FailureReport: Report {
    public var command: String
    public var status: ExitStatus
    public var problems: [Problem]

    public init(command: String, status: ExitStatus, problems: [Problem]) {
        self.command = command
        self.status = status
        self.problems = problems
    }

    public var body: JSONObject { [:] }
    public static var formats: [ReportFormat] { [.json] }

    public func page(_ options: PageOptions) -> ReportPage {
        ReportPage(problems.map { .notice(Notice($0)) }, summary: .words("Failed: \(status.meaning).", .bad))
    }
}
