import Findings
import Timestamps

/// The proof of replication as a person reads it: what would be lost first, then why.
struct VerifyPage {
    let report: VerifyReport
    let isDetailed: Bool

    var page: ReportPage {
        var blocks = report.pairs.flatMap(blocks)
        if let manifest = report.manifest {
            let left =
                (manifest.deleteMarkersLeftOut > 0 ? "; \(Quantity.count(manifest.deleteMarkersLeftOut, "delete marker", "delete markers")) left out, as the rules do" : "")
                + (manifest.deletedThereLeftOut > 0 ? "; \(Quantity.count(manifest.deletedThereLeftOut, "version", "versions")) left out that were deleted there: S3 does not bring those back" : "")
            blocks.append(.notice(Notice(.plain, Phrase([.words("Manifest for S3 Batch Replication: \(Quantity.count(manifest.versions, "version", "versions")) in "), .verbatim(manifest.path), .words(left)]))))
        }
        blocks += copies
        blocks += report.problems.map { .notice(Notice($0)) }
        return ReportPage(blocks, summary: summary)
    }

    private func blocks(_ pair: VerifiedPair) -> [ReportBlock] {
        var blocks: [ReportBlock] = [.heading("\(pair.from) to \(pair.to)")]
        for (site, origin) in [(pair.from, pair.fromReadFrom), (pair.to, pair.toReadFrom)] where origin != "s3" {
            let words = origin == "vault" ? " did not answer: this is what the vault knows of it, as of its last snapshot" : " did not answer, and no vault knows of it: nothing is proven"
            blocks.append(.notice(Notice(.bad, Phrase([.verbatim(site), .words(words)]))))
        }
        blocks.append(.table(table(pair)))
        blocks += pair.states.filter { $0.versionsAtRisk > 0 }.prefix(isDetailed ? 1000 : 10).flatMap { loss($0, pair) }
        if isDetailed { blocks += pair.states.filter { !$0.isInStep }.flatMap(versions) }
        if let lag = pair.lag {
            let seconds = { (value: Double) in Quantity.duration(.milliseconds(Int64(value * 1000))) }
            blocks.append(
                .facts([
                    Fact("Lag", .words("half within \(seconds(lag.median)), 95 % within \(seconds(lag.p95)), at most \(seconds(lag.maximum)) (upper bounds; \(Quantity.count(lag.samples, "version", "versions")) seen arriving in \(Quantity.count(lag.runs, "run", "runs")))"))
                ]))
        }
        let shown = pair.findings.filter { isDetailed || $0.severity > .info }
        if !shown.isEmpty { blocks.append(.table(FindingTable.table(of: shown))) }
        let hidden = pair.findings.count - shown.count
        if hidden > 0 { blocks.append(.paragraph(.words("\(Quantity.count(hidden, "remark", "remarks")) on settings that are unknown or a matter of taste: -v shows them.", .faint))) }
        return blocks
    }

    private func table(_ pair: VerifiedPair) -> Table {
        // States in step are one line together, unless there are few.
        let notable = pair.states.filter { !$0.isInStep || isDetailed || pair.states.count <= 20 }
        var rows = notable.map(row)
        let rest = pair.states.count - notable.count
        if rest > 0 {
            let versions = pair.states.filter(\.isInStep).reduce(0) { $0 + $1.versions }
            rows.append([.words("\(Quantity.count(rest, "state", "states")) in step", .good), .words(Quantity.grouped(versions)), .words(Quantity.grouped(versions)), "0", "0", "0", "", "0"])
        }
        return Table(
            [
                Table.Column("STATE", fit: .middle), Table.Column("VERSIONS", .right), Table.Column("REPLICATED", .right), Table.Column("MISSING", .right),
                Table.Column("DIFFERENT", .right, expendability: 2), Table.Column("EXTRA", .right, expendability: 1), Table.Column("RECOVERY POINT", fit: .end),
                Table.Column("AT RISK", .right),
            ], rows: rows)
    }

    private func row(_ state: VerifiedState) -> [Phrase] {
        let point = state.recoveryPoint
        let moment = point.lastModified.map { Quantity.moment($0) } ?? ""
        let name = point.isDeleteMarker ? "deleted" : point.serial.map { "serial \($0)" } ?? (point.versionID == nil ? "none" : "")
        func cell(_ count: Int, _ tone: Tone) -> Phrase { .words(Quantity.grouped(count), count == 0 ? .plain : tone) }
        return [
            .verbatim(state.key, state.isInStep ? .good : .bad), .words(Quantity.grouped(state.versions)), .words(Quantity.grouped(state.replicated)),
            cell(state.missing.count, .bad), cell(state.different.count, .bad), cell(state.extra.count, .caution),
            .words([name, moment].filter { !$0.isEmpty }.joined(separator: ", ")), cell(state.versionsAtRisk, .bad),
        ]
    }

    /// If the primary side died now.
    private func loss(_ state: VerifiedState, _ pair: VerifiedPair) -> [ReportBlock] {
        let serials = state.lostSerials.prefix(10).map(String.init).joined(separator: ", ") + (state.lostSerials.count > 10 ? ", …" : "")
        let what = serials.isEmpty ? Quantity.count(state.versionsAtRisk, "version", "versions") : "serials \(serials)"
        var parts: [Phrase.Part] = [
            .words("If \(pair.from) died now, "), .verbatim(state.key), .words(" would lose \(what), \(Quantity.duration(state.recoveryPoint.exposure)) of changes"),
        ]
        let limit = isDetailed ? 200 : 6
        if !state.lostResources.isEmpty {
            parts.append(.words("; they touch "))
            for (index, resource) in state.lostResources.prefix(limit).enumerated() {
                if index > 0 { parts.append(.words(", ")) }
                parts += [.verbatim(resource.address), .words(" (\(resource.action))")]
            }
            let more = state.lostResourceCount - min(limit, state.lostResources.count)
            if more > 0 { parts.append(.words(" and \(more) more")) }
        } else if let obstacle = state.lossObstacle {
            parts.append(.words("; which resources they touch is unknown: \(obstacle)"))
        }
        return [.notice(Notice(.bad, Phrase(parts)))]
    }

    private func versions(_ state: VerifiedState) -> [ReportBlock] {
        let groups = [("missing", state.missing), ("different", state.different), ("unverified", state.unverified), ("extra", state.extra), ("other order", state.outOfOrder)]
        let rows = groups.flatMap { name, versions in
            versions.map { version -> [Phrase] in
                [
                    .verbatim(version.versionID), .words(version.isDeleteMarker ? "delete marker" : version.serial.map { "serial \($0)" } ?? ""),
                    .words(Quantity.moment(version.lastModified)), .words(name, .bad), .words(version.cause.replacing("_", with: " ")),
                ]
            }
        }
        let columns = [Table.Column("VERSION"), Table.Column("WHAT"), Table.Column("WRITTEN"), Table.Column("HERE AND THERE"), Table.Column("WHY")]
        return [.paragraph(Phrase([.words("Versions of "), .verbatim(state.key), .words(":")])), .table(Table(columns, rows: rows))]
    }

    private var copies: [ReportBlock] {
        guard !report.copies.isEmpty else { return [] }
        let rows = report.copies.map { copy -> [Phrase] in
            [
                .verbatim(copy.reference), .verbatim(copy.sourceVersionID), .words(copy.outcome, copy.outcome == "failed" ? .bad : .plain), .verbatim(copy.newVersionID ?? ""),
                .words(copy.detail),
            ]
        }
        let columns = [
            Table.Column("STATE", fit: .middle), Table.Column("VERSION", fit: .end), Table.Column("COPY"), Table.Column("NEW VERSION", fit: .end), Table.Column("", fit: .end),
        ]
        return [
            .table(Table(columns, rows: rows)),
            .paragraph("Copies are new versions: their ids and times differ from those of the primary side."),
        ]
    }

    private var summary: Phrase {
        let states = report.pairs.flatMap(\.states)
        let behind = states.filter { !$0.isInStep }.count
        let risk = states.reduce(0) { $0 + $1.versionsAtRisk }
        let count = Quantity.count(states.count, "state", "states")
        switch report.status {
        case .success: return .words("In step: \(count), \(Quantity.count(states.reduce(0) { $0 + $1.versions }, "version", "versions")) on both sides.", .good)
        case .failure: return .words("Nothing could be verified: \(Quantity.count(report.problems.count, "problem", "problems")).", .bad)
        default:
            let isWhole = report.pairs.allSatisfy { $0.fromReadFrom == "s3" && $0.toReadFrom == "s3" }
            let loss = !isWhole ? "what would be lost is known only as far as the vault knows" : risk > 0 ? "\(Quantity.count(risk, "version", "versions")) would be lost if the primary side died now" : "nothing would be lost if the primary side died now"
            let doubt = report.problems.isEmpty ? "" : "; \(Quantity.count(report.problems.count, "problem", "problems"))"
            return .words("\(behind) of \(count) differ; \(loss); \(Quantity.count(report.findings.count { $0.severity >= report.failOn }, "finding", "findings"))\(doubt).", .bad)
        }
    }
}
