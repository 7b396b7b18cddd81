/// A page as text for a terminal, a pipe or a log.
struct TerminalPage {
    let layout: TerminalLayout

    func text(of page: ReportPage) -> String {
        var lines: [String] = []
        for block in page.blocks {
            if !lines.isEmpty { lines.append("") }
            lines += self.lines(of: block)
        }
        if !lines.isEmpty { lines.append("") }
        lines.append(layout.paint(page.summary.visible, page.summary.tone))
        return lines.map { CommandGuard.neutralise($0) + "\n" }.joined()
    }

    private func lines(of block: ReportBlock) -> [String] {
        switch block {
        case .heading(let text): [layout.paint(VisibleText.escape(text), .strong)]
        case .paragraph(let phrase): [layout.paint(phrase.visible, phrase.tone)]
        case .facts(let facts): lines(of: facts)
        case .table(let table): lines(of: table)
        case .listing(let listing): listing.map { $0.terminal(layout) }
        case .notice(let notice): lines(of: notice)
        }
    }

    private func lines(of facts: [Fact]) -> [String] {
        let width = facts.map { DisplayWidth.of($0.label) }.max() ?? 0
        return facts.map { fact in
            let blanks = String(repeating: " ", count: width - DisplayWidth.of(fact.label) + 2)
            return layout.paint(fact.label, .faint) + blanks + layout.paint(fact.value.visible, fact.value.tone)
        }
    }

    private func lines(of notice: Notice) -> [String] {
        let mark = notice.tone == .bad ? "problem: " : notice.tone == .caution ? "warning: " : "note: "
        var lines = [layout.paint(mark, notice.tone) + notice.message.visible]
        if !notice.hint.isEmpty { lines.append("  " + VisibleText.escape(notice.hint)) }
        return lines
    }

    private func lines(of table: Table) -> [String] {
        let cells = table.rows.map { $0.map(\.visible) }
        let fit = TableFit(table, cells: cells, width: layout.width ?? table.widthInPipes)
        guard fit.isFitting else { return records(of: table) }
        var lines = [row(table.columns.map(\.title), tones: table.columns.map { _ in .strong }, table.columns, fit)]
        for (index, row) in table.rows.enumerated() {
            lines.append(self.row(cells[index], tones: row.map(\.tone), table.columns, fit))
        }
        if !fit.omitted.isEmpty {
            let names = fit.omitted.reversed().joined(separator: ", ")
            lines.append(layout.paint("(no room for \(names); see --json)", .faint))
        }
        return lines
    }

    /// What a table becomes where it can't fit: each row on lines of its own, nothing shortened, nothing left out.
    private func records(of table: Table) -> [String] {
        let records = table.rows.map { row in lines(of: zip(table.columns, row).map { Fact($0.title, $1) }) }
        return Array(records.joined(separator: [""]))
    }

    private func row(_ cells: [String], tones: [Tone], _ columns: [Table.Column], _ fit: TableFit) -> String {
        var line = ""
        var pending = 0
        for index in fit.shown {
            let column = columns[index]
            let text = DisplayWidth.truncate(cells[index], columns: fit.widths[index], keepingEnd: column.fit == .middle)
            let blanks = max(0, fit.widths[index] - DisplayWidth.of(text))
            if column.alignment == .right { pending += blanks }
            if !text.isEmpty {
                line += String(repeating: " ", count: pending) + layout.paint(text, tones[index])
                pending = 0
            }
            if column.alignment == .left { pending += blanks }
            pending += TableFit.gap
        }
        return line
    }
}
