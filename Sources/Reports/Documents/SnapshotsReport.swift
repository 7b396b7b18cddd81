import Timestamps

/// The snapshots in a vault, newest first.
public struct SnapshotsReport: Report {
    public var snapshots: [SnapshotSummary]
    public var vaultLocation: String
    public var problems: [Problem]

    public init(snapshots: [SnapshotSummary], vaultLocation: String, problems: [Problem] = []) {
        self.snapshots = snapshots
        self.vaultLocation = vaultLocation
        self.problems = problems
    }

    public var command: String { "snapshots" }
    public var status: ExitStatus { problems.isEmpty ? .success : .partial }

    public var body: JSONObject {
        ["vault_location": .string(vaultLocation), "snapshots": .objects(snapshots.map(\.object))]
    }

    public func page(_ options: PageOptions) -> ReportPage {
        let names = ShortNames(of: snapshots.map(\.snapshotID), isDetailed: options.isDetailed)
        let table = Table(
            [
                Table.Column("SNAPSHOT"), Table.Column("TAKEN"), Table.Column("SITES", fit: .end),
                Table.Column("STATES", .right), Table.Column("VERSIONS", .right), Table.Column("WRITTEN BY", fit: .end, expendability: 1),
                Table.Column("PROBLEMS", .right),
            ],
            rows: snapshots.map { snapshot in
                [
                    .verbatim(names[snapshot.snapshotID]), .words(Quantity.moment(snapshot.takenAt)),
                    .verbatim(snapshot.sites.joined(separator: ", ")), .words(Quantity.grouped(snapshot.states)),
                    .words(Quantity.grouped(snapshot.versions)), .verbatim(snapshot.tool),
                    .words(Quantity.grouped(snapshot.problems), snapshot.problems == 0 ? .plain : .bad),
                ]
            })
        let count = Quantity.count(snapshots.count, "snapshot", "snapshots")
        return ReportPage(
            (snapshots.isEmpty ? [] : [.table(table)]) + problems.map { .notice(Notice($0)) },
            summary: Phrase(
                [.words("\(count) in "), .verbatim(vaultLocation), .words(".")], tone: problems.isEmpty ? .plain : .bad))
    }
}
