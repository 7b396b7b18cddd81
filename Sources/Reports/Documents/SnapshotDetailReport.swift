public import Timestamps

/// One snapshot: the states it records.
public struct SnapshotDetailReport: Report {
    public var summary: SnapshotSummary
    /// The snapshots that this one follows.
    public var parents: [String]
    public var states: [State]
    /// What the run could not read, as it was recorded.
    public var recordedProblems: [Problem]

    /// One state as the snapshot records it.
    public struct State: Sendable {
        public var reference: String
        public var versions: Int
        /// The version that was current; nil when the state was deleted then.
        public var latestVersionID: String?
        public var serial: UInt64?
        public var lastModified: Timestamp?
        public var size: Int64?

        public init(
            reference: String, versions: Int, latestVersionID: String?, serial: UInt64?, lastModified: Timestamp?, size: Int64?
        ) {
            self.reference = reference
            self.versions = versions
            self.latestVersionID = latestVersionID
            self.serial = serial
            self.lastModified = lastModified
            self.size = size
        }
    }

    public init(summary: SnapshotSummary, parents: [String], states: [State], recordedProblems: [Problem]) {
        self.summary = summary
        self.parents = parents
        self.states = states
        self.recordedProblems = recordedProblems
    }

    public var command: String { "snapshots" }
    /// Showing a snapshot succeeds also when its run had problems: they are part of what is shown.
    public var status: ExitStatus { .success }
    public var problems: [Problem] { [] }

    public var body: JSONObject {
        summary.object + [
            "parents": .strings(parents),
            "state_list": .objects(states.map(\.object)),
            "recorded_problems": .objects(recordedProblems.map(\.object)),
        ]
    }

    public func page(_ options: PageOptions) -> ReportPage {
        var facts = [Fact("snapshot", .verbatim(summary.snapshotID)), Fact("taken", .words(Quantity.moment(summary.takenAt)))]
        facts.append(Fact("written by", .verbatim(summary.tool)))
        if !parents.isEmpty { facts.append(Fact("after", .verbatim(parents.map { String($0.prefix(12)) }.joined(separator: ", ")))) }
        let counts = "\(Quantity.count(summary.states, "state", "states")), \(Quantity.count(summary.versions, "version", "versions"))."
        return ReportPage(
            [.facts(facts), .table(table(options))] + recordedProblems.map { .notice(Notice($0)) },
            summary: .words(counts, recordedProblems.isEmpty ? .plain : .caution))
    }

    private func table(_ options: PageOptions) -> Table {
        let names = ShortNames(of: states.compactMap(\.latestVersionID), isDetailed: options.isDetailed)
        return Table(
            [
                Table.Column("STATE", fit: .middle), Table.Column("VERSIONS", .right), Table.Column("LATEST"),
                Table.Column("SERIAL", .right), Table.Column("MODIFIED", expendability: 1),
                Table.Column("SIZE", .right, expendability: 2),
            ],
            rows: states.map { state in
                [
                    .verbatim(state.reference), .words(Quantity.grouped(state.versions)),
                    state.latestVersionID.map { .verbatim(names[$0]) } ?? .words("deleted", .caution),
                    .words(state.serial.map { "\($0)" } ?? "-"), .words(state.lastModified.map { Quantity.moment($0) } ?? "-"),
                    .words(state.size.map { Quantity.bytes($0) } ?? "-"),
                ]
            })
    }
}

extension SnapshotDetailReport.State {
    var object: JSONObject {
        [
            "reference": .string(reference),
            "versions": .integer(versions),
            "version_id": .string(latestVersionID),
            "serial": .integer(serial),
            "last_modified": .string(lastModified?.rfc3339),
            "size": .integer(size),
        ]
    }
}
