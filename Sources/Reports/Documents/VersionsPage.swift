import Timestamps

/// A state's history as a person reads it.
struct VersionsPage {
    let report: VersionsReport
    let isDetailed: Bool

    var page: ReportPage {
        ReportPage(
            (report.versions.isEmpty ? [] : [.table(table)]) + report.notices.map { .notice($0) }
                + report.problems.map { .notice(Notice($0)) },
            summary: summary)
    }

    private var table: Table {
        let names = ShortNames(of: report.versions.map(\.versionID), isDetailed: isDetailed)
        let hasReplication = report.versions.contains { $0.replicationStatus != nil }
        var columns = [
            Table.Column("VERSION"), Table.Column("MODIFIED"), Table.Column("SERIAL", .right),
            Table.Column("RESOURCES", .right, expendability: 2), Table.Column("SIZE", .right, expendability: 3),
            Table.Column("TERRAFORM", expendability: 4), Table.Column("VAULT", expendability: 1), Table.Column("HEALTH"),
        ]
        if hasReplication { columns.append(Table.Column("REPLICATION", expendability: 5)) }
        if isDetailed { columns.append(Table.Column("LINEAGE", expendability: 6)) }
        return Table(
            columns,
            rows: report.versions.map { version in
                var row = row(of: version, name: names[version.versionID])
                if hasReplication { row.append(.verbatim(version.replicationStatus ?? "-")) }
                if isDetailed { row.append(.verbatim(version.lineage ?? "-")) }
                return row
            })
    }

    private func row(of version: VersionsReport.Version, name: String) -> [Phrase] {
        let isMarker = version.isDeleteMarker
        return [
            .verbatim(name, version.isLatest ? .strong : .plain),
            .words(version.lastModified.map { Quantity.moment($0) } ?? "-"),
            .words(version.serial.map { "\($0)" } ?? "-"),
            .words(version.resourceCount.map { "\($0)" } ?? "-"),
            .words(isMarker ? "-" : version.size.map { Quantity.bytes($0) } ?? "-"),
            .verbatim(version.terraformVersion ?? "-"),
            isMarker ? .words("-") : version.isInVault ? .words("yes", .good) : .words("no", .caution),
            isMarker ? .words("deleted", .caution) : .words(version.verdict ?? "-", tone(of: version.verdict)),
        ]
    }

    private func tone(of verdict: String?) -> Tone {
        switch verdict {
        case "ok": .good
        case nil, "encrypted": .plain
        case "suspect", "repairable", "unsupported": .caution
        default: .bad
        }
    }

    private var summary: Phrase {
        let bodies = report.versions.filter { !$0.isDeleteMarker }
        let markers = report.versions.count - bodies.count
        let missing = bodies.count { !$0.isInVault }
        var tail = markers == 0 ? "" : ", \(Quantity.count(markers, "delete marker", "delete markers"))"
        let lost = bodies.count { !$0.isListed }
        if lost > 0 { tail += ", \(Quantity.grouped(lost)) no longer in S3" }
        if !bodies.isEmpty {
            tail += missing == 0 ? ", all in the vault" : ", \(Quantity.grouped(missing)) not in the vault"
        }
        return Phrase(
            [
                .words("\(Quantity.count(bodies.count, "version", "versions")) of "), .verbatim(report.reference), .words(tail + "."),
            ], tone: report.problems.isEmpty ? .plain : .bad)
    }
}
