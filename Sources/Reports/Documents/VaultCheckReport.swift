public import Findings

/// What `tfguard vault check` found.
public struct VaultCheckReport: Report {
    public var vaultLocation: String
    public var snapshots: Int
    public var states: Int
    public var versions: Int
    public var packs: Int
    /// Bytes read back and compared with their hashes.
    public var bytesRead: Int64
    /// The share of the data that was read: 0 for structure only, 1 for every byte.
    public var readFraction: Double
    public var findings: [Finding]
    /// The versions of states that damage has touched.
    public var affected: [Affected]
    public var failOn: Severity
    public var elapsed: Duration
    public var problems: [Problem]

    /// A version that can't be given back whole.
    public struct Affected: Sendable {
        public var reference: String
        public var versionID: String

        public init(reference: String, versionID: String) {
            self.reference = reference
            self.versionID = versionID
        }
    }

    public init(
        vaultLocation: String, snapshots: Int, states: Int, versions: Int, packs: Int, bytesRead: Int64, readFraction: Double,
        findings: [Finding], affected: [Affected], failOn: Severity, elapsed: Duration, problems: [Problem] = []
    ) {
        self.vaultLocation = vaultLocation
        self.snapshots = snapshots
        self.states = states
        self.versions = versions
        self.packs = packs
        self.bytesRead = bytesRead
        self.readFraction = readFraction
        self.findings = findings
        self.affected = affected
        self.failOn = failOn
        self.elapsed = elapsed
        self.problems = problems
    }

    public var command: String { "vault check" }
    public static var formats: [ReportFormat] { ReportFormat.allCases }

    public var status: ExitStatus {
        if !problems.isEmpty { return .partial }
        return findings.contains { $0.severity >= failOn } ? .findings : .success
    }

    public var body: JSONObject {
        [
            "vault_location": .string(vaultLocation),
            "snapshots": .integer(snapshots),
            "states": .integer(states),
            "versions": .integer(versions),
            "packs": .integer(packs),
            "bytes_read": .integer(bytesRead),
            "read_fraction": .number("\(readFraction)"),
            "findings": .objects(findings.map(\.object)),
            "affected": .objects(affected.map { ["reference": .string($0.reference), "version_id": .string($0.versionID)] }),
            "elapsed_seconds": .seconds(elapsed),
        ]
    }

    public func page(_ options: PageOptions) -> ReportPage {
        var blocks: [ReportBlock] = [
            .facts([
                Fact("vault", .verbatim(vaultLocation)), Fact("snapshots", .words(Quantity.grouped(snapshots))),
                Fact("versions", .words(Quantity.grouped(versions))), Fact("packs", .words(Quantity.grouped(packs))),
                Fact("data read", .words(dataRead)),
            ])
        ]
        if !findings.isEmpty { blocks.append(.table(FindingTable.table(of: findings))) }
        if !affected.isEmpty {
            blocks.append(.heading("Versions touched by damage"))
            blocks.append(
                .table(
                    Table(
                        [Table.Column("STATE", fit: .middle), Table.Column("VERSION")],
                        rows: affected.map { [.verbatim($0.reference), .verbatim($0.versionID)] })))
        }
        return ReportPage(blocks + problems.map { .notice(Notice($0)) }, summary: summary)
    }

    private var dataRead: String {
        if readFraction >= 1 { return "\(Quantity.bytes(bytesRead)), all of it" }
        if readFraction <= 0 { return "none (structure only; --read-data reads every byte)" }
        return "\(Quantity.bytes(bytesRead)), \(Int((readFraction * 100).rounded())) % of it"
    }

    private var summary: Phrase {
        guard problems.isEmpty else {
            return .words("Not everything could be checked: \(Quantity.count(problems.count, "problem", "problems")).", .bad)
        }
        guard findings.isEmpty else {
            let versions = Quantity.count(affected.count, "version", "versions")
            let grave = findings.contains { $0.severity > .info } || !affected.isEmpty
            let start = grave ? "" : "No damage found; "
            return .words("\(start)\(Quantity.count(findings.count, "finding", "findings")); \(versions) touched.", grave ? .bad : .good)
        }
        return .words("No damage found in \(Quantity.duration(elapsed)).", .good)
    }
}
