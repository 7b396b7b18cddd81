/// A restore as a person reads it, before and after.
struct RestorePage {
    let report: RestoreReport

    private static let shown = 20

    var page: ReportPage {
        let plan = report.plan
        var blocks: [ReportBlock] = [
            .heading(plan.reference),
            .facts([Fact("there now", plan.from.map { side($0) } ?? "nothing"), Fact("comes", side(plan.to))] + facts(of: plan)),
        ]
        if !plan.holders.isEmpty { blocks.append(.table(LockHolderRow.table(of: plan.holders))) }
        blocks += instances(plan.lost, "would be forgotten: they exist, and the state would not know them; these blocks bring them back")
        blocks += instances(plan.returning, "would be in the state again; those that no longer exist are taken out by")
        blocks += plan.cautions.map { .notice(Notice(.caution, .words($0))) }
        return ReportPage(blocks + report.notices.map { .notice($0) } + report.problems.map { .notice(Notice($0)) }, summary: summary)
    }

    private func facts(of plan: RestoreReport.Plan) -> [Fact] {
        var facts = [
            Fact("serial", .words(plan.newSerial.map { "\($0)" } ?? "unchanged (encrypted)")),
            Fact("locks", plan.locks.isEmpty ? "none" : .verbatim(plan.locks.joined(separator: ", "))),
        ]
        if let digest = plan.digestAfter { facts.append(Fact("digest", .words(digest == plan.digestBefore ? "right already" : "will be written"))) }
        if let result = report.result {
            if let id = result.versionID { facts.append(Fact("version", .verbatim(id))) }
            if let isReplicated = result.isReplicated { facts.append(Fact("replica", .words(isReplicated ? "has it" : "does not have it yet", isReplicated ? .good : .caution))) }
            if let undo = result.undo { facts.append(Fact("undo", .verbatim("tfguard restore \(undo)"))) }
        }
        return facts
    }

    private func side(_ side: RestoreReport.Side) -> Phrase {
        let serial = side.serial.map { "serial \($0), " } ?? ""
        let count = side.instanceCount.map { "\(Quantity.count($0, "instance", "instances")), " } ?? ""
        return Phrase([.words("\(side.verdict), \(serial)\(count)\(Quantity.bytes(side.size)), "), .verbatim(side.versionID.map { "id=\($0)" } ?? side.reference)])
    }

    private func instances(_ instances: [RestoreReport.Instance], _ title: String) -> [ReportBlock] {
        guard !instances.isEmpty else { return [] }
        let rest = instances.count - Self.shown
        var blocks: [ReportBlock] = [
            .paragraph(.words("\(Quantity.count(instances.count, "instance", "instances")) \(title):")),
            .table(
                Table(
                    [Table.Column("ADDRESS", fit: .middle), Table.Column("HOW", fit: .end)],
                    rows: instances.prefix(Self.shown).map { [.verbatim($0.address), .verbatim($0.remedy?.split(separator: "\n").joined(separator: " ") ?? "-")] })),
        ]
        if rest > 0 { blocks.append(.paragraph(.words("and \(Quantity.grouped(rest)) more; --json lists them all"))) }
        return blocks
    }

    private var summary: Phrase {
        let plan = report.plan
        guard report.result != nil else {
            switch plan.action {
            case "write": return .words("Would write serial \(plan.newSerial.map { "\($0)" } ?? "as it is"); nothing was written.")
            case "digest": return .words("The state is right; would write its digest. Nothing was written.")
            default: return .words("The state is right already; there is nothing to do.", .good)
            }
        }
        let next = report.problems.isEmpty ? " Next: terraform plan" : ""
        switch plan.action {
        case "write": return .words("Restored and read back.\(next)", report.problems.isEmpty ? .good : .caution)
        case "digest": return .words("The digest was written and read back.\(next)", report.problems.isEmpty ? .good : .caution)
        default: return .words("The state is right already; nothing was written.", .good)
        }
    }
}
