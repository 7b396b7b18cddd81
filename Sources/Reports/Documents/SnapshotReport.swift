public import Findings

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
    /// What a person should know about the sites: versioning off, versions that vanished.
    public var findings: [Finding]
    /// From which severity on findings decide the exit status; nil: they never do.
    public var failOn: Severity?
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
        /// Objects that were not taken for states, by reason.
        public var ignored: [String: Int]

        public init(
            name: String, states: Int, versions: Int, deleteMarkers: Int, versionsFetched: Int, bytesFetched: Int64,
            ignored: [String: Int] = [:]
        ) {
            self.name = name
            self.states = states
            self.versions = versions
            self.deleteMarkers = deleteMarkers
            self.versionsFetched = versionsFetched
            self.bytesFetched = bytesFetched
            self.ignored = ignored
        }
    }

    public init(
        snapshotID: String?, isDryRun: Bool, sites: [Site], storedBytes: Int64, elapsed: Duration, vaultLocation: String,
        findings: [Finding] = [], failOn: Severity? = nil, notices: [Notice] = [], problems: [Problem] = []
    ) {
        self.snapshotID = snapshotID
        self.isDryRun = isDryRun
        self.sites = sites
        self.storedBytes = storedBytes
        self.elapsed = elapsed
        self.vaultLocation = vaultLocation
        self.findings = findings
        self.failOn = failOn
        self.notices = notices
        self.problems = problems
    }

    public var command: String { "snapshot" }
    public static var formats: [ReportFormat] { ReportFormat.allCases }

    public var status: ExitStatus {
        if !problems.isEmpty { return sites.contains { $0.states > 0 } ? .partial : .failure }
        if let failOn, findings.contains(where: { $0.severity >= failOn }) { return .findings }
        return .success
    }

    public var body: JSONObject {
        [
            "snapshot_id": .string(snapshotID),
            "dry_run": .bool(isDryRun),
            "sites": .objects(sites.map(\.object)),
            "stored_bytes": .integer(storedBytes),
            "elapsed_seconds": .seconds(elapsed),
            "vault_location": .string(vaultLocation),
            "findings": .objects(findings.map(\.object)),
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
            [.table(table)] + (options.isDetailed ? ignored : []) + findings.map { .notice(Notice($0)) } + notices.map { .notice($0) } + problems.map { .notice(Notice($0)) }, summary: summary)
    }

    /// What else was in the buckets.
    private var ignored: [ReportBlock] {
        let rows = sites.flatMap { site in
            site.ignored.sorted { $0.key < $1.key }.map { reason, count -> [Phrase] in
                [.verbatim(site.name), .words(reason), .words(Quantity.grouped(count))]
            }
        }
        let columns = [Table.Column("SITE", fit: .end), Table.Column("NOT A STATE OR NOT WANTED"), Table.Column("OBJECTS", .right)]
        return rows.isEmpty ? [] : [.table(Table(columns, rows: rows))]
    }

    private var summary: Phrase {
        let states = Quantity.count(sites.reduce(0) { $0 + $1.states }, "state", "states")
        let fetched = Quantity.count(sites.reduce(0) { $0 + $1.versionsFetched }, "new version", "new versions")
        let doubt = problems.isEmpty ? "" : ", \(Quantity.count(problems.count, "problem", "problems"))"
        let tone: Tone = problems.isEmpty ? .good : .bad
        guard !isDryRun else { return .words("Dry run: \(states), \(fetched) to fetch\(doubt); nothing was written.", tone) }
        let end = "\(states), \(fetched), \(Quantity.bytes(storedBytes)) added to the vault in \(Quantity.duration(elapsed))\(doubt)."
        guard let snapshotID else { return .words("No snapshot recorded: \(end)", tone) }
        return Phrase([.words("Snapshot "), .verbatim(String(snapshotID.prefix(12))), .words(": \(end)")], tone: tone)
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
            "ignored": .object(JSONObject(ignored.sorted { $0.key < $1.key }.map { ($0.key, .integer($0.value)) })),
        ]
    }
}
