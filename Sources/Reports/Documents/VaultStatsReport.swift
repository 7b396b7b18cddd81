public import Timestamps

/// What is in a vault and how much room it takes.
public struct VaultStatsReport: Report {
    public var vaultLocation: String
    public var isEncrypted: Bool
    public var snapshots: Int
    public var states: [State]
    /// Different files among the stored versions.
    public var contents: Int
    /// Bytes of all versions as S3 holds them.
    public var originalBytes: Int64
    /// Bytes in the vault, all together.
    public var storedBytes: Int64
    /// Bytes that no known version needs.
    public var unusedBytes: Int64
    public var oldest: Timestamp?
    public var newest: Timestamp?

    /// One state's share.
    public struct State: Sendable {
        public var reference: String
        /// Delete markers included.
        public var versions: Int
        public var storedVersions: Int
        public var originalBytes: Int64
        /// Bytes that this state needs and no state before it did.
        public var storedBytes: Int64

        public init(reference: String, versions: Int, storedVersions: Int, originalBytes: Int64, storedBytes: Int64) {
            self.reference = reference
            self.versions = versions
            self.storedVersions = storedVersions
            self.originalBytes = originalBytes
            self.storedBytes = storedBytes
        }
    }

    public init(
        vaultLocation: String, isEncrypted: Bool, snapshots: Int, states: [State], contents: Int, originalBytes: Int64,
        storedBytes: Int64, unusedBytes: Int64, oldest: Timestamp?, newest: Timestamp?
    ) {
        self.vaultLocation = vaultLocation
        self.isEncrypted = isEncrypted
        self.snapshots = snapshots
        self.states = states
        self.contents = contents
        self.originalBytes = originalBytes
        self.storedBytes = storedBytes
        self.unusedBytes = unusedBytes
        self.oldest = oldest
        self.newest = newest
    }

    public var command: String { "vault stats" }
    public var status: ExitStatus { .success }
    public var problems: [Problem] { [] }
    private var storedVersions: Int { states.reduce(0) { $0 + $1.storedVersions } }

    public var body: JSONObject {
        [
            "vault_location": .string(vaultLocation),
            "encrypted": .bool(isEncrypted),
            "snapshots": .integer(snapshots),
            "versions": .integer(states.reduce(0) { $0 + $1.versions }),
            "stored_versions": .integer(storedVersions),
            "contents": .integer(contents),
            "original_bytes": .integer(originalBytes),
            "stored_bytes": .integer(storedBytes),
            "unused_bytes": .integer(unusedBytes),
            "oldest_snapshot_at": .string(oldest?.rfc3339),
            "newest_snapshot_at": .string(newest?.rfc3339),
            "states": .objects(states.map(\.object)),
        ]
    }

    public func page(_ options: PageOptions) -> ReportPage {
        var facts = [
            Fact("vault", .verbatim(vaultLocation)),
            Fact("encrypted", isEncrypted ? .words("yes", .good) : .words("no", .caution)),
            Fact("snapshots", .words(Quantity.grouped(snapshots))),
            Fact("states", .words(Quantity.grouped(states.count))),
            Fact("versions", .words("\(Quantity.grouped(storedVersions)), \(Quantity.grouped(contents)) of them different")),
            Fact("their size", .words(Quantity.bytes(originalBytes))),
            Fact("in the vault", .words(Quantity.bytes(storedBytes))),
        ]
        if unusedBytes > 0 { facts.append(Fact("unused", .words(Quantity.bytes(unusedBytes)))) }
        if let oldest { facts.append(Fact("oldest snapshot", .words(Quantity.moment(oldest)))) }
        if let newest { facts.append(Fact("newest snapshot", .words(Quantity.moment(newest)))) }
        var blocks: [ReportBlock] = [.facts(facts)]
        if options.isDetailed, !states.isEmpty { blocks.append(.table(table)) }
        return ReportPage(blocks, summary: summary)
    }

    private var table: Table {
        Table(
            [
                Table.Column("STATE", fit: .middle), Table.Column("VERSIONS", .right), Table.Column("SIZE", .right),
                Table.Column("IN THE VAULT", .right),
            ],
            rows: states.map { state in
                [
                    .verbatim(state.reference), .words(Quantity.grouped(state.storedVersions)), .words(Quantity.bytes(state.originalBytes)),
                    .words(Quantity.bytes(state.storedBytes)),
                ]
            })
    }

    private var summary: Phrase {
        let versions = Quantity.count(storedVersions, "version", "versions")
        guard storedBytes > 0, originalBytes > 0 else { return .words("\(versions) kept.") }
        let tenths = Int((Double(originalBytes) / Double(storedBytes) * 10).rounded())
        return .words("\(versions) kept, \(tenths / 10).\(tenths % 10) bytes for each byte stored.")
    }
}

extension VaultStatsReport.State {
    var object: JSONObject {
        [
            "reference": .string(reference),
            "versions": .integer(versions),
            "stored_versions": .integer(storedVersions),
            "original_bytes": .integer(originalBytes),
            "stored_bytes": .integer(storedBytes),
        ]
    }
}
