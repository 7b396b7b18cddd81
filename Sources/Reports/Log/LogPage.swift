import Timestamps

/// A history of changes as a person reads it.
struct LogPage {
    let report: LogReport
    let isDetailed: Bool

    /// Lines of one entry before the rest is only counted: the first version of a large state adds thousands.
    private static let mostLines = 40

    var page: ReportPage {
        let names = ShortNames(of: report.entries.flatMap(\.versionIDs), isDetailed: isDetailed)
        var blocks: [ReportBlock] = []
        for entry in report.entries {
            blocks.append(.paragraph(headline(of: entry, names)))
            let lines = listing(of: entry)
            if !lines.isEmpty { blocks.append(.listing(lines)) }
        }
        if mayHoldWholeApplies {
            blocks.append(.notice(Notice(.plain, "One apply can write several versions: some of these lie close together.", hint: "--by-apply takes those of one apply together.")))
        }
        blocks += report.notices.map { .notice($0) } + report.problems.map { .notice(Notice($0)) }
        return ReportPage(blocks, summary: summary)
    }

    private func headline(of entry: LogReport.Entry, _ names: ShortNames) -> Phrase {
        var parts: [Phrase.Part] = [.words(entry.lastModified.rfc3339 + "  ")]
        if let serial = entry.serial {
            let first = entry.firstSerial ?? serial
            parts.append(.words(first == serial ? "serial \(serial)  " : "serials \(first) to \(serial)  "))
        }
        parts.append(.verbatim(names[entry.versionID]))
        if entry.versionIDs.count > 1 { parts.append(.words(" and \(Quantity.count(entry.versionIDs.count - 1, "version", "versions")) before it")) }
        if let version = entry.terraformVersion { parts += [.words("  Terraform "), .verbatim(version)] }
        if entry.isDeleteMarker { return Phrase(parts + [.words("  deleted (delete marker)")], tone: .caution) }
        if let reason = entry.unreadable { return Phrase(parts + [.words("  cannot be read: \(reason)")], tone: .bad) }
        if entry.previousVersionID == nil { parts.append(.words("  oldest known version")) }
        return Phrase(parts + [.words(entry.changeSet.isEmpty ? "  no changes" : "  \(entry.changeSet.words)")], tone: .strong)
    }

    private func listing(of entry: LogReport.Entry) -> [ListingLine] {
        // Everything of the oldest version is new: that is no change to tell of, unless one address is asked about.
        if entry.previousVersionID == nil, report.address == nil, report.attribute == nil, !isDetailed { return [] }
        let lines = entry.changeSet.listing(isDetailed: isDetailed)
        guard !isDetailed, lines.count > Self.mostLines else { return lines }
        return lines.prefix(Self.mostLines - 1) + [ListingLine(.none, .words("and \(Quantity.grouped(lines.count - Self.mostLines + 1)) lines more (-v shows them)", .faint))]
    }

    /// Whether neighbouring versions of one history look like steps of one apply.
    private var mayHoldWholeApplies: Bool {
        guard !report.isByApply else { return false }
        return zip(report.entries, report.entries.dropFirst()).contains { newer, older in
            newer.previousVersionID == older.versionID && newer.lineage == older.lineage && newer.firstModified - older.lastModified <= .seconds(60)
        }
    }

    private var summary: Phrase {
        let one = report.isByApply ? "apply" : "version"
        let many = report.isByApply ? "applies" : "versions"
        var parts: [Phrase.Part] = [.words("\(Quantity.count(report.entries.count, one, many)) of "), .verbatim(report.reference)]
        if let address = report.address { parts += [.words(" touched "), .verbatim(address)] }
        if let attribute = report.attribute { parts += [.words(report.address == nil ? " touched " : " and its "), .verbatim(attribute)] }
        let unreadable = report.entries.count { $0.unreadable != nil }
        parts.append(.words(unreadable == 0 ? "." : "; \(Quantity.count(unreadable, "version", "versions")) cannot be read."))
        return Phrase(parts, tone: report.problems.isEmpty ? .plain : .bad)
    }
}
