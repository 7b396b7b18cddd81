/// A state as a person reads it: resources by module and type, then outputs.
struct ShowPage {
    let report: ShowReport
    let isDetailed: Bool

    var page: ReportPage {
        var blocks: [ReportBlock] = [
            .facts([
                Fact("state", .verbatim(report.reference)),
                Fact("serial", .words("\(report.serial)")),
                Fact("lineage", .verbatim(report.lineage)),
                Fact("written by", Phrase([.words("Terraform "), .verbatim(report.terraformVersion)])),
            ])
        ]
        if !report.resources.isEmpty { blocks.append(.table(isDetailed ? addresses : types)) }
        if !report.outputs.isEmpty { blocks.append(.table(outputs)) }
        return ReportPage(blocks + report.notices.map { .notice($0) } + report.problems.map { .notice(Notice($0)) }, summary: summary)
    }

    private struct Group: Hashable { var module: String, mode: String, type: String }
    private struct Sum { var resources = 0, instances = 0, tainted = 0, deposed = 0 }

    /// One row for each module and type, in the state's own order.
    private var types: Table {
        var order: [Group] = []
        var sums: [Group: Sum] = [:]
        for resource in report.resources {
            let group = Group(module: resource.module ?? "", mode: resource.mode, type: resource.type)
            if sums[group] == nil { order.append(group) }
            sums[group, default: Sum()].resources += 1
            sums[group, default: Sum()].instances += resource.instanceCount
            sums[group, default: Sum()].tainted += resource.taintedCount
            sums[group, default: Sum()].deposed += resource.deposedCount
        }
        return Self.withoutEmptyNotes(
            [
                Table.Column("MODULE", fit: .middle), Table.Column("TYPE", fit: .middle), Table.Column("RESOURCES", .right),
                Table.Column("INSTANCES", .right), Table.Column("NOTE", fit: .end),
            ],
            rows: order.map { group in
                let sum = sums[group, default: Sum()]
                return [
                    group.module.isEmpty ? .words("(root)", .faint) : .verbatim(group.module),
                    .verbatim(group.mode == "data" ? "data.\(group.type)" : group.type), .words(Quantity.grouped(sum.resources)),
                    .words(Quantity.grouped(sum.instances)), note(tainted: sum.tainted, deposed: sum.deposed),
                ]
            })
    }

    private var addresses: Table {
        Self.withoutEmptyNotes(
            [
                Table.Column("ADDRESS", fit: .middle), Table.Column("INSTANCES", .right),
                Table.Column("PROVIDER", fit: .middle, expendability: 1), Table.Column("NOTE", fit: .end),
            ],
            rows: report.resources.map { resource in
                [
                    .verbatim(resource.address), .words(Quantity.grouped(resource.instanceCount)), .verbatim(resource.provider),
                    note(tainted: resource.taintedCount, deposed: resource.deposedCount),
                ]
            })
    }

    /// The last column says what is unusual: it is left out when nothing is.
    private static func withoutEmptyNotes(_ columns: [Table.Column], rows: [[Phrase]]) -> Table {
        guard rows.allSatisfy({ $0.last?.visible.isEmpty ?? true }) else { return Table(columns, rows: rows) }
        return Table(columns.dropLast(), rows: rows.map { $0.dropLast() })
    }

    private func note(tainted: Int, deposed: Int) -> Phrase {
        var words: [String] = []
        if tainted > 0 { words.append("\(tainted) tainted") }
        if deposed > 0 { words.append("\(deposed) deposed") }
        return .words(words.joined(separator: ", "), .caution)
    }

    private var outputs: Table {
        Table(
            [Table.Column("OUTPUT", fit: .end), Table.Column("VALUE", fit: .end)],
            rows: report.outputs.map { output in
                switch output.value {
                case .masked(let fingerprint): [.verbatim(output.name), .words("(sensitive) \(fingerprint)", .faint)]
                case .shown(.string(let text)): [.verbatim(output.name), .verbatim(text)]
                case .shown(let node): [.verbatim(output.name), .verbatim(JSONWriter.line(node))]
                }
            })
    }

    private var summary: Phrase {
        let managed = report.resources.filter { $0.mode != "data" }
        let instances = managed.reduce(0) { $0 + $1.instanceCount }
        let data = report.resources.count - managed.count
        let masked = report.outputs.count { if case .masked = $0.value { true } else { false } }
        var words = "\(Quantity.count(managed.count, "resource", "resources")), \(Quantity.count(instances, "instance", "instances"))"
        if data > 0 { words += ", \(Quantity.count(data, "data source", "data sources"))" }
        words += ", \(Quantity.count(report.outputs.count, "output", "outputs"))"
        return .words(words + (masked > 0 ? " (\(masked) masked; --reveal shows them)." : "."))
    }
}
