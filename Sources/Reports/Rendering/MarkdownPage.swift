/// A page as GitHub-flavoured Markdown.
struct MarkdownPage {
    func text(of page: ReportPage) -> String {
        var parts = page.blocks.map(text(of:))
        parts.append("**\(inline(page.summary))**")
        return parts.joined(separator: "\n\n") + "\n"
    }

    private func text(of block: ReportBlock) -> String {
        switch block {
        case .heading(let text): "### " + MarkdownText.escape(text)
        case .paragraph(let phrase): inline(phrase)
        case .facts(let facts): facts.map { "- \(MarkdownText.escape($0.label)): \(inline($0.value))" }.joined(separator: "\n")
        case .table(let table): text(of: table)
        case .listing(let lines): Listing.markdown(lines)
        case .notice(let notice):
            "> " + inline(notice.message) + (notice.hint.isEmpty ? "" : "  \n> " + MarkdownText.escape(notice.hint))
        }
    }

    private func text(of table: Table) -> String {
        let titles = table.columns.map { MarkdownText.escape($0.title) }
        let rules = table.columns.map { $0.alignment == .right ? "---:" : ":---" }
        return ([titles, rules] + table.rows.map { $0.map { inline($0, inTable: true) } })
            .map { "| " + $0.joined(separator: " | ") + " |" }
            .joined(separator: "\n")
    }

    private func inline(_ phrase: Phrase, inTable: Bool = false) -> String {
        phrase.parts.map { part in
            switch part {
            case .words(let text): MarkdownText.escape(text)
            case .verbatim(let text): MarkdownText.code(text, inTable: inTable)
            }
        }.joined()
    }
}
