/// The forms in which a result can be had. Not every command has all of them: see ``Report/formats``.
public enum ReportFormat: String, Sendable, CaseIterable {
    /// Aligned columns for a person at a terminal.
    case table
    /// One JSON document, the contract for programs.
    case json
    /// GitHub-flavoured Markdown, for pull requests and tickets.
    case markdown
    /// One self-contained HTML page.
    case html
    /// SARIF 2.1.0, for code-scanning views.
    case sarif
    /// JUnit XML, for test views of CI systems.
    case junit
}
