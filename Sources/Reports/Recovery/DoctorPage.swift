import Findings
import Timestamps

/// The doctor's report as a person reads it: what is wrong in full, what is well in one line.
struct DoctorPage {
    let report: DoctorReport

    var page: ReportPage {
        var blocks: [ReportBlock] = []
        if report.states.count > 1 { blocks.append(.table(table)) }
        for state in report.states where !state.symptoms.isEmpty || state.holders?.isEmpty == false || report.states.count == 1 { blocks += details(of: state) }
        return ReportPage(blocks + report.notices.map { .notice($0) } + report.problems.map { .notice(Notice($0)) }, summary: summary)
    }

    private var table: Table {
        Table(
            [Table.Column("STATE", fit: .middle), Table.Column("VERDICT"), Table.Column("LAST GOOD"), Table.Column("LOCK", expendability: 1), Table.Column("DIGEST", expendability: 2)],
            rows: report.states.map { state in
                [
                    .verbatim(state.reference), .words(state.verdict, tone(of: state)), .words(state.lastGood.map { serial(of: $0) } ?? "-"),
                    .words(state.holders.map { $0.isEmpty ? "free" : "held" } ?? "-", state.holders?.isEmpty == false ? .caution : .plain),
                    .words(state.digest.map { $0.stored == nil ? "none" : $0.matches ? "right" : "wrong" } ?? "-", state.digest?.matches == false ? .bad : .plain),
                ]
            })
    }

    private func details(of state: DoctorReport.State) -> [ReportBlock] {
        var facts = [Fact("verdict", .words(state.verdict, tone(of: state)))]
        if let good = state.lastGood {
            facts.append(Fact("last good", Phrase([.words("\(serial(of: good)), \(Quantity.moment(good.lastModified)), "), .verbatim("id=\(good.versionID)")])))
        }
        if let digest = state.digest {
            facts.append(Fact("digest", .words(digest.stored == nil ? "none in the lock table" : digest.matches ? "right" : "wrong", digest.matches ? .plain : .bad)))
        }
        if let holders = state.holders { facts.append(Fact("lock", .words(holders.isEmpty ? "free" : "held", holders.isEmpty ? .plain : .caution))) }
        if let words = state.terraformNow { facts.append(Fact("terraform now", .words(words, state.isSound ? .plain : .caution))) }
        if let command = state.nextCommand { facts.append(Fact("next", .verbatim(command))) }
        var blocks: [ReportBlock] = [.heading(state.reference), .facts(facts)]
        if let holders = state.holders, !holders.isEmpty { blocks.append(.table(LockHolderRow.table(of: holders))) }
        blocks += state.symptoms.map { symptom in
            let place = [symptom.address, symptom.byteOffset.map { "byte \($0)" }].compactMap { $0 }.joined(separator: ", ")
            let tone: Tone = symptom.severity >= .high ? .bad : symptom.severity >= .low ? .caution : .plain
            return .notice(Notice(tone, Phrase((place.isEmpty ? [] : [.verbatim(place), .words(": ")]) + [.words(symptom.message)]), hint: symptom.remedy ?? ""))
        }
        return blocks
    }

    private func serial(of version: DoctorReport.Version) -> String {
        version.serial.map { "serial \($0)" } ?? "serial unknown"
    }

    private func tone(of state: DoctorReport.State) -> Tone {
        switch state.verdict {
        case "ok": .good
        case "encrypted": .plain
        case "suspect", "repairable", "unsupported": .caution
        default: .bad
        }
    }

    private var summary: Phrase {
        let ill = report.states.count { !$0.isSound }
        let states = Quantity.count(report.states.count, "state", "states")
        if ill > 0 { return .words("\(states): \(Quantity.grouped(ill)) not well.", .bad) }
        if !report.problems.isEmpty { return .words("\(states); not everything could be read: \(Quantity.count(report.problems.count, "problem", "problems")).", .bad) }
        return .words("\(states): all well.", .good)
    }
}
