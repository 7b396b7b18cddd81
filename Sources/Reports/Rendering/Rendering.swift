public import Timestamps

/// Turns a report into text. The only place that knows all formats: a new one is a compile error here and nowhere else.
public struct Rendering: Sendable {
    public var format: ReportFormat
    public var layout: TerminalLayout
    public var page: PageOptions
    /// The time written into the result.
    public var time: Timestamp

    public init(format: ReportFormat, layout: TerminalLayout, page: PageOptions = PageOptions(), time: Timestamp) {
        self.format = format
        self.layout = layout
        self.page = page
        self.time = time
    }

    /// The whole result, ending with a newline.
    /// - Throws: ``UnsupportedFormat`` when the command has no such form.
    public func text<Shown: Report>(of report: Shown) throws(UnsupportedFormat) -> String {
        guard Shown.formats.contains(format) else {
            throw UnsupportedFormat(command: report.command, format: format, supported: Shown.formats)
        }
        if let text = report.text(in: format, time: time) { return text }
        switch format {
        case .table:
            var options = page
            options.width = layout.width
            return TerminalPage(layout: layout).text(of: report.page(options))
        case .json: return JSONWriter.document(ReportEnvelope(time: time).document(of: report))
        case .markdown: return MarkdownPage().text(of: report.page(page))
        case .html: return HTMLPage(time: time).text(of: report.page(page), title: "tfguard \(report.command)")
        case .sarif: return JSONWriter.document(SARIFLog().document(of: report.findings))
        case .junit: return JUnitSuite(time: time).text(of: report.findings, command: report.command)
        }
    }
}

/// A format was asked for that the command does not have.
public struct UnsupportedFormat: Error, Sendable, CustomStringConvertible {
    public var command: String
    public var format: ReportFormat
    public var supported: [ReportFormat]

    public init(command: String, format: ReportFormat, supported: [ReportFormat]) {
        self.command = command
        self.format = format
        self.supported = supported
    }

    public var description: String {
        "tfguard \(command) has no \(format.rawValue) format; it has \(supported.map(\.rawValue).joined(separator: ", "))"
    }
}
