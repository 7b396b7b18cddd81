/// A failover or failback as a person reads it, before and after.
struct FailoverPage {
    let report: FailoverReport
    /// Requests also of what was done.
    let isDetailed: Bool

    private static let shown = 20

    var page: ReportPage {
        var blocks: [ReportBlock] = [.heading("\(report.command) \(report.primary) \(report.dr)")]
        if !report.states.isEmpty { blocks.append(.table(table)) }
        if !report.isDone || isDetailed { blocks += requests }
        for state in report.states {
            blocks += remarks(on: state)
        }
        blocks += report.cautions.map { .notice(Notice(.caution, .words($0))) }
        if !report.files.isEmpty { blocks += files }
        blocks += report.notices.map { .notice($0) } + report.problems.map { .notice(Notice($0)) }
        return ReportPage(blocks, summary: summary)
    }

    private var isWayHome: Bool { report.command == "failback" }

    private var table: Table {
        let title = isWayHome ? "NEW SERIAL" : "LOST"
        return Table(
            [
                Table.Column("STATE", fit: .middle), Table.Column("SERIAL", .right), Table.Column(title, isWayHome ? .right : .left), Table.Column("VERDICT"),
                Table.Column(report.isDone ? "DONE" : "TO DO", fit: .end),
            ],
            rows: report.states.map { state in
                let serial = state.serial.map { "\($0)" } ?? "-"
                let work = state.obstacle.map { "left out: \($0)" } ?? state.outcome ?? state.actions.map(\.title).joined(separator: ", ")
                return [
                    .verbatim(state.reference), .words(serial), isWayHome ? .words(state.newSerial.map { "\($0)" } ?? "-") : loss(of: state),
                    .words(state.verdict, state.verdict == "ok" ? .good : .caution), .words(work, state.obstacle == nil ? .plain : .bad),
                ]
            })
    }

    private func loss(of state: FailoverStateRow) -> Phrase {
        guard let versions = state.versionsAtRisk else { return .words("unknown", .caution) }
        guard versions > 0 else { return .words("nothing", .good) }
        let serials = state.lostSerials.isEmpty ? "" : " (serial \(state.lostSerials.reversed().map { "\($0)" }.joined(separator: ", ")))"
        return .words(Quantity.count(versions, "version", "versions") + serials, .bad)
    }

    private var requests: [ReportBlock] {
        report.states.filter { !$0.actions.isEmpty }.flatMap { state -> [ReportBlock] in
            let lines = state.actions.flatMap { action in [ListingLine(.none, .words(action.title, .strong))] + action.requests.map(\.line) }
            return [.paragraph(Phrase([.words("Requests for "), .verbatim(state.reference), .words(":")])), .listing(lines)]
        }
    }

    private func remarks(on state: FailoverStateRow) -> [ReportBlock] {
        var blocks: [ReportBlock] = []
        if !state.holders.isEmpty { blocks.append(.table(LockHolderRow.table(of: state.holders))) }
        if !state.lostResources.isEmpty {
            let rest = state.lostResources.count - Self.shown
            let names = state.lostResources.prefix(Self.shown).joined(separator: ", ") + (rest > 0 ? " and \(Quantity.grouped(rest)) more" : "")
            blocks.append(.notice(Notice(.bad, Phrase([.verbatim(state.reference), .words(": the lost versions touched "), .verbatim(names)]))))
        }
        if !state.forgotten.isEmpty {
            blocks.append(
                .paragraph(Phrase([.verbatim(state.reference), .words(": \(Quantity.count(state.forgotten.count, "instance", "instances")) would no longer be in the state; these blocks bring them back:")])))
            blocks.append(
                .table(
                    Table(
                        [Table.Column("ADDRESS", fit: .middle), Table.Column("HOW", fit: .end)],
                        rows: state.forgotten.prefix(Self.shown).map { [.verbatim($0.address), .verbatim($0.remedy?.split(separator: "\n").joined(separator: " ") ?? "-")] })))
        }
        if let remedy = state.remedy {
            let tone: Tone = state.obstacle == nil ? .caution : .bad
            let words = state.obstacle ?? "the vault has newer versions; to bring them over first:"
            blocks.append(.notice(Notice(tone, Phrase([.verbatim(state.reference), .words(": \(words)")]), hint: remedy)))
        }
        return blocks
    }

    private var files: [ReportBlock] {
        let rest = report.files.count - Self.shown
        var blocks: [ReportBlock] = [
            .paragraph(.words(report.isDone ? "In each root:" : "Would write, and in each root then:")),
            .table(
                Table(
                    [Table.Column("ROOT", fit: .middle), Table.Column("COMMAND")],
                    rows: report.files.prefix(Self.shown).map { [.verbatim($0.root), .verbatim($0.initCommand)] })),
        ]
        if rest > 0 { blocks.append(.paragraph(.words("and \(Quantity.grouped(rest)) more; --json lists them all"))) }
        return blocks
    }

    private var summary: Phrase {
        let usable = report.states.count { $0.obstacle == nil }
        let states = Quantity.count(usable, "state", "states")
        let side = isWayHome ? report.primary : report.dr
        if report.states.isEmpty { return .words("Nothing is failed over from \(report.primary) to \(report.dr): there is nothing to do.", .good) }
        guard report.isDone else { return .words("Would make \(states) usable at \(side); nothing was written.") }
        let left = report.states.count - usable
        if left > 0 || !report.problems.isEmpty { return .words("\(states) can be used at \(side); \(Quantity.count(left, "state", "states")) left out. Run the command again when the rest is mended.", .caution) }
        return .words("\(states) can be used at \(side), proven by reading back. Next: terraform init -reconfigure, then terraform plan", .good)
    }
}
