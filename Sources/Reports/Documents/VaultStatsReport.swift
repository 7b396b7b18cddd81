public import Timestamps

/// What is in a vault and how much room it takes.
public struct VaultStatsReport: Report {
    public var vaultLocation: String
    public var isEncrypted: Bool
    public var snapshots: Int
    public var states: Int
    public var versions: Int
    /// Bytes of all versions as S3 holds them.
    public var originalBytes: Int64
    /// Bytes in the vault.
    public var storedBytes: Int64
    public var objects: Int
    public var oldest: Timestamp?
    public var newest: Timestamp?
    public var problems: [Problem]

    public init(
        vaultLocation: String, isEncrypted: Bool, snapshots: Int, states: Int, versions: Int, originalBytes: Int64,
        storedBytes: Int64, objects: Int, oldest: Timestamp?, newest: Timestamp?, problems: [Problem] = []
    ) {
        self.vaultLocation = vaultLocation
        self.isEncrypted = isEncrypted
        self.snapshots = snapshots
        self.states = states
        self.versions = versions
        self.originalBytes = originalBytes
        self.storedBytes = storedBytes
        self.objects = objects
        self.oldest = oldest
        self.newest = newest
        self.problems = problems
    }

    public var command: String { "vault stats" }
    public var status: ExitStatus { problems.isEmpty ? .success : .partial }

    public var body: JSONObject {
        [
            "vault_location": .string(vaultLocation),
            "encrypted": .bool(isEncrypted),
            "snapshots": .integer(snapshots),
            "states": .integer(states),
            "versions": .integer(versions),
            "original_bytes": .integer(originalBytes),
            "stored_bytes": .integer(storedBytes),
            "objects": .integer(objects),
            "oldest_snapshot_at": .string(oldest?.rfc3339),
            "newest_snapshot_at": .string(newest?.rfc3339),
        ]
    }

    public func page(_ options: PageOptions) -> ReportPage {
        var facts = [
            Fact("vault", .verbatim(vaultLocation)),
            Fact("encrypted", isEncrypted ? .words("yes", .good) : .words("no", .caution)),
            Fact("snapshots", .words(Quantity.grouped(snapshots))), Fact("states", .words(Quantity.grouped(states))),
            Fact("versions", .words(Quantity.grouped(versions))),
            Fact("size of the versions", .words(Quantity.bytes(originalBytes))),
            Fact("size in the vault", .words("\(Quantity.bytes(storedBytes)) in \(Quantity.count(objects, "file", "files"))")),
        ]
        if let oldest { facts.append(Fact("oldest snapshot", .words(oldest.rfc3339))) }
        if let newest { facts.append(Fact("newest snapshot", .words(newest.rfc3339))) }
        return ReportPage([.facts(facts)] + problems.map { .notice(Notice($0)) }, summary: summary)
    }

    private var summary: Phrase {
        let versions = Quantity.count(versions, "version", "versions")
        guard storedBytes > 0, originalBytes > 0 else { return .words("\(versions) kept.") }
        let ratio = Int((Double(originalBytes) / Double(storedBytes) * 10).rounded())
        return .words("\(versions) kept in 1/\(ratio / 10).\(ratio % 10) of their size.")
    }
}
