import Timestamps

/// A page as one HTML file that needs nothing else: no scripts, no fonts, no network.
struct HTMLPage {
    let time: Timestamp

    func text(of page: ReportPage, title: String) -> String {
        let content = page.blocks.map(text(of:)).joined(separator: "\n")
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(HTMLText.escape(title))</title>
            <style>\(Self.style)</style>
            </head>
            <body>
            <h1>\(HTMLText.escape(title))</h1>
            \(content)
            <p class="summary \(page.summary.tone.rawValue)">\(inline(page.summary))</p>
            <footer>\(HTMLText.escape(Quantity.moment(time)))</footer>
            </body>
            </html>

            """
    }

    private func text(of block: ReportBlock) -> String {
        switch block {
        case .heading(let text): "<h2>\(HTMLText.escape(text))</h2>"
        case .paragraph(let phrase): "<p class=\"\(phrase.tone.rawValue)\">\(inline(phrase))</p>"
        case .facts(let facts):
            "<dl>" + facts.map { "<dt>\(HTMLText.escape($0.label))</dt><dd>\(cell($0.value))</dd>" }.joined() + "</dl>"
        case .table(let table): text(of: table)
        case .listing(let lines): Listing.html(lines)
        case .notice(let notice):
            "<div class=\"notice \(notice.tone.rawValue)\">\(inline(notice.message))"
                + (notice.hint.isEmpty ? "" : "<br>\(HTMLText.escape(notice.hint))") + "</div>"
        }
    }

    private func text(of table: Table) -> String {
        let head = table.columns.map { "<th\(alignment($0))>\(HTMLText.escape($0.title))</th>" }.joined()
        let rows = table.rows.map { row in
            "<tr>" + zip(table.columns, row).map { "<td\(alignment($0))>\(cell($1))</td>" }.joined() + "</tr>"
        }
        return "<table><thead><tr>\(head)</tr></thead><tbody>\n" + rows.joined(separator: "\n") + "\n</tbody></table>"
    }

    private func alignment(_ column: Table.Column) -> String {
        column.alignment == .right ? " class=\"right\"" : ""
    }

    private func cell(_ phrase: Phrase) -> String {
        phrase.tone == .plain ? inline(phrase) : "<span class=\"\(phrase.tone.rawValue)\">\(inline(phrase))</span>"
    }

    private func inline(_ phrase: Phrase) -> String {
        phrase.parts.map { part in
            switch part {
            case .words(let text): HTMLText.escape(text)
            case .verbatim(let text): "<code>\(HTMLText.escape(text))</code>"
            }
        }.joined()
    }

    private static let style = """
        body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:75rem;padding:0 1rem;color:#1b1f24}\
        h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:1.6rem}table{border-collapse:collapse;width:100%}\
        th,td{text-align:left;padding:.25rem .6rem;border-bottom:1px solid #d8dee4;vertical-align:top}\
        .right{text-align:right}code{font:13px ui-monospace,monospace;overflow-wrap:anywhere}\
        dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}dt{color:#57606a}dd{margin:0}\
        .faint{color:#57606a}.strong{font-weight:600}.good{color:#116329}.caution{color:#7d4e00}.bad{color:#a40e26}\
        .notice{border-left:4px solid;padding:.3rem .8rem;margin:.6rem 0}.summary{font-weight:600}footer{color:#57606a}\
        @media(prefers-color-scheme:dark){body{background:#0d1117;color:#e6edf3}th,td{border-color:#30363d}\
        .good{color:#56d364}.caution{color:#e3b341}.bad{color:#ff7b72}.faint,dt,footer{color:#8b949e}}
        """
}
