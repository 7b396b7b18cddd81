/// What a `tfguard snapshot` run did.
public struct SnapshotReport: Report {
    /// Nil when nothing was recorded: a dry run, or a run that could read nothing.
    public var snapshotID: String?
    public var isDryRun: Bool
    public var sites: [Site]
    /// Bytes that this run added to the vault, after deduplication and compression.
    public var storedBytes: Int64
    public var elapsed: Duration
    public var vaultLocation: String
    public var notices: [Notice]
    public var problems: [Problem]

    /// One site's share of the run.
    public struct Site: Sendable {
        public var name: String
        public var states: Int
        public var versions: Int
        public var deleteMarkers: Int
        public var versionsFetched: Int
        public var bytesFetched: Int64

        public init(name: String, states: Int, versions: Int, deleteMarkers: Int, versionsFetched: Int, bytesFetched: Int64) {
            self.name = name
            self.states = states
            self.versions = versions
            self.deleteMarkers = deleteMarkers
            self.versionsFetched = versionsFetched
            self.bytesFetched = bytesFetched
        }
    }

    public init(
        snapshotID: String?, isDryRun: Bool, sites: [Site], storedBytes: Int64, elapsed: Duration, vaultLocation: String,
        notices: [Notice] = [], problems: [Problem] = []
    ) {
        self.snapshotID = snapshotID
        self.isDryRun = isDryRun
        self.sites = sites
        self.storedBytes = storedBytes
        self.elapsed = elapsed
        self.vaultLocation = vaultLocation
        self.notices = notices
        self.problems = problems
    }

    public var command: String { "snapshot" }
    public var status: ExitStatus { problems.isEmpty ? .success : .partial }

    public var body: JSONObject {
        [
            "snapshot_id": .string(snapshotID),
            "dry_run": .bool(isDryRun),
            "sites": .objects(sites.map(\.object)),
            "stored_bytes": .integer(storedBytes),
            "elapsed_seconds": .seconds(elapsed),
            "vault_location": .string(vaultLocation),
            "notices": .objects(notices.map(\.object)),
        ]
    }

    public func page(_ options: PageOptions) -> ReportPage {
        let table = Table(
            [
                Table.Column("SITE", fit: .end), Table.Column("STATES", .right), Table.Column("VERSIONS", .right),
                Table.Column("DELETE MARKERS", .right, expendability: 1),
                Table.Column(isDryRun ? "TO FETCH" : "FETCHED", .right), Table.Column("SIZE", .right),
            ],
            rows: sites.map { site in
                [
                    .verbatim(site.name), .words(Quantity.grouped(site.states)), .words(Quantity.grouped(site.versions)),
                    .words(Quantity.grouped(site.deleteMarkers)), .words(Quantity.grouped(site.versionsFetched)),
                    .words(Quantity.bytes(site.bytesFetched)),
                ]
            })
        return ReportPage(
            [.table(table)] + notices.map { .notice($0) } + problems.map { .notice(Notice($0)) }, summary: summary)
    }

    private var summary: Phrase {
        let states = Quantity.count(sites.reduce(0) { $0 + $1.states }, "state", "states")
        let fetched = Quantity.count(sites.reduce(0) { $0 + $1.versionsFetched }, "new version", "new versions")
        let doubt = problems.isEmpty ? "" : ", \(Quantity.count(problems.count, "problem", "problems"))"
        let tone: Tone = problems.isEmpty ? .good : .bad
        guard !isDryRun else { return .words("Dry run: \(states), \(fetched) to fetch\(doubt); nothing was written.", tone) }
        let end = "\(states), \(fetched), \(Quantity.bytes(storedBytes)) added to the vault in \(Quantity.duration(elapsed))\(doubt)."
        guard let snapshotID else { return .words("No snapshot recorded: \(end)", tone) }
        return Phrase([.words("Snapshot "), .verbatim(snapshotID), .words(": \(end)")], tone: tone)
    }
}

extension SnapshotReport.Site {
    var object: JSONObject {
        [
            "name": .string(name),
            "states": .integer(states),
            "versions": .integer(versions),
            "delete_markers": .integer(deleteMarkers),
            "versions_fetched": .integer(versionsFetched),
            "bytes_fetched": .integer(bytesFetched),
        ]
    }
}
