public import Findings
public import Timestamps

/// What a command found out, ready to be shown in any format.
///
/// The machine's view (``body``) and the person's view (``page(_:)``) are kept apart: the first is a contract that only
/// grows, the second may be rearranged at any time.
public protocol Report: Sendable {
    /// The command's name in the JSON document, for instance `vault check`.
    var command: String { get }
    /// What the process will return.
    var status: ExitStatus { get }
    /// What could not be read or done.
    var problems: [Problem] { get }
    /// The members of the JSON document behind the common ones.
    var body: JSONObject { get }
    /// What a person should act on; SARIF and JUnit show these.
    var findings: [Finding] { get }
    /// The formats that make sense for this command.
    static var formats: [ReportFormat] { get }
    /// The report as a person reads it.
    func page(_ options: PageOptions) -> ReportPage
    /// The whole text in a format that this command writes in a way of its own; nil where the general one serves.
    func text(in format: ReportFormat, time: Timestamp) -> String?
}

extension Report {
    public var findings: [Finding] { [] }
    public func text(in format: ReportFormat, time: Timestamp) -> String? { nil }
    public static var formats: [ReportFormat] { [.table, .json, .markdown, .html] }
}

/// What the reader asked to see.
public struct PageOptions: Sendable {
    /// More columns and full identifiers (`-v`).
    public var isDetailed: Bool
    /// Columns of the terminal that the page is for; nil for any other place.
    public var width: Int?

    public init(isDetailed: Bool = false, width: Int? = nil) {
        self.isDetailed = isDetailed
        self.width = width
    }
}
