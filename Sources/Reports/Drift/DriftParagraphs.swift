import Findings

/// Findings as paragraphs, for terminals on which a table of them has no room:
///
///     critical  aws_db_instance.main
///         backup_retention_period: primary 7, DR 0
///         differs: data could be lost or not be restorable (RDS Database)
struct DriftParagraphs {
    let width: Int
    let isDetailed: Bool

    func lines(of entry: DriftReport.Entry) -> [ListingLine] {
        var lines = head(entry)
        let values = [("primary", entry.primaryValue), ("DR", entry.drValue)].map { side, value in (side, value.phrase(isDetailed: isDetailed).plain) }
        if let attribute = entry.attribute {
            let line = "\(attribute): " + values.map { "\($0) \($1)" }.joined(separator: ", ")
            if columns(of: line) <= room(1) {
                lines.append(ListingLine(.none, .verbatim(line), depth: 1))
            } else {
                lines.append(ListingLine(.none, .verbatim(cut(attribute, 1)), depth: 1))
                lines += values.map { side, value in ListingLine(.none, .verbatim(cut(side.padding(to: 9) + value, 1, keepingEnd: false)), depth: 1) }
            }
        } else {
            lines.append(ListingLine(.none, .words("(\(entry.findingClass))"), depth: 1))
        }
        var why = entry.reason + (entry.isUncertain ? " (uncertain: tainted or partly applied)" : "")
        if let component = entry.component { why += " (\(component))" }
        lines += wrapped(why, room(1)).map { ListingLine(.none, .words($0), depth: 1) }
        if isDetailed { lines.append(ListingLine(.none, .verbatim("\(entry.ruleID) \(entry.id)", .faint), depth: 1)) }
        return lines
    }

    /// Severity and address; a second address that has no room beside the first stands below it.
    private func head(_ entry: DriftReport.Entry) -> [ListingLine] {
        let tone = DriftTables.tone(of: entry.severity)
        let severity = entry.severity.rawValue + "  "
        let both = severity + entry.addresses.plain
        guard columns(of: both) > room(0), let other = entry.drAddress, other != entry.address else {
            return [ListingLine(.none, .verbatim(cut(both, 0), tone))]
        }
        return [ListingLine(.none, .verbatim(cut(severity + entry.address, 0), tone)), ListingLine(.none, .verbatim(cut("↔ \(other)", 1)), depth: 1)]
    }

    /// Columns that a line of a listing has for its text at a depth.
    private func room(_ depth: Int) -> Int { max(20, width - 4 * (depth + 1)) }

    private func columns(of text: String) -> Int { DisplayWidth.of(VisibleText.escape(text)) }

    private func cut(_ text: String, _ depth: Int, keepingEnd: Bool = true) -> String {
        guard !isDetailed, columns(of: text) > room(depth) else { return text }
        return DisplayWidth.truncate(text, columns: room(depth), keepingEnd: keepingEnd)
    }

    /// The words in lines of at most so many columns.
    private func wrapped(_ text: String, _ width: Int) -> [String] {
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, columns(of: last) + 1 + columns(of: String(word)) <= width {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(cut(String(word), 1))
            }
        }
        return lines
    }
}

extension String {
    fileprivate func padding(to count: Int) -> String { self + String(repeating: " ", count: Swift.max(0, count - self.count)) }
}
