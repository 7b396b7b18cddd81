import Logging
import Reports

/// How the result and the messages are to look, from flags and environment.
struct OutputSettings: Sendable {
    var format: ReportFormat = .table
    var outputPath: String?
    var layout = TerminalLayout()
    var page = PageOptions()
    var logLevel: Logger.Level = .warning
    var progress: ProgressDisplay.Style = .none
}
