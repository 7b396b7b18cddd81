import Findings
import Reports
import Timestamps

/// Reports with every kind of text in them, also hostile.
enum Samples {
    static let time = Timestamp(seconds: 1_795_356_134)
    /// A key that rings the bell, turns the reading direction, starts a CI command and closes a tag.
    static let hostile = "::error::\u{7}\u{202E}</td><script>\u{1B}[31m|`x`"

    static let snapshot = SnapshotReport(
        snapshotID: "20261122T140214Z-3fa9c21b", isDryRun: false,
        sites: [
            SnapshotReport.Site(name: "primary", states: 12, versions: 1234, deleteMarkers: 3, versionsFetched: 17, bytesFetched: 1_234_567),
            SnapshotReport.Site(name: "dr", states: 12, versions: 12345, deleteMarkers: 0, versionsFetched: 0, bytesFetched: 0),
        ],
        storedBytes: 23_456, elapsed: .milliseconds(2345), vaultLocation: "/srv/vault",
        notices: [Notice(.caution, "The bucket's versioning is suspended.", hint: "Turn it on: only the newest version is kept.")],
        problems: [Problem(reference: "primary:\(hostile)", message: "AccessDenied", hint: "Grant s3:GetObjectVersion.")])

    static let versions: VersionsReport = {
        var latest = VersionsReport.Version(versionID: "vJ8kQ2mN4pR6tX1zA3cE5gH7")
        latest.isLatest = true
        latest.lastModified = time
        latest.size = 4321
        latest.etag = "9e107d9d372bb6826bd81d3542a419d6"
        latest.sha256 = String(repeating: "ab", count: 32)
        latest.serial = .max
        latest.lineage = "3f2a1b0c-0000-4000-8000-000000000001"
        latest.terraformVersion = "1.11.4"
        latest.resourceCount = 7
        latest.instanceCount = 9
        latest.replicationStatus = "COMPLETED"
        latest.isInVault = true
        latest.verdict = "ok"
        var twin = VersionsReport.Version(versionID: "vJ8kQ2mN4pR9aaaaaaaaaaaa")
        twin.lastModified = time - .seconds(3600)
        twin.size = 0
        twin.verdict = "invalid"
        var marker = VersionsReport.Version(versionID: "zzzzzzzzzzzz")
        marker.isDeleteMarker = true
        marker.lastModified = time - .seconds(7200)
        return VersionsReport(reference: "primary:prod/network/terraform.tfstate", versions: [latest, twin, marker])
    }()

    static let show = ShowReport(
        reference: "primary:\(hostile)", serial: 42, lineage: "3f2a1b0c", terraformVersion: "1.11.4",
        resources: [
            ShowReport.Resource(
                address: "aws_vpc.main", module: nil, mode: "managed", type: "aws_vpc",
                provider: "registry.terraform.io/hashicorp/aws", instanceCount: 1),
            ShowReport.Resource(
                address: "module.app[\"日本\"].aws_instance.web", module: "module.app[\"日本\"]", mode: "managed",
                type: "aws_instance", provider: "registry.terraform.io/hashicorp/aws", instanceCount: 3, taintedCount: 1,
                deposedCount: 1),
            ShowReport.Resource(
                address: "data.aws_region.current", module: nil, mode: "data", type: "aws_region",
                provider: "registry.terraform.io/hashicorp/aws", instanceCount: 1),
        ],
        outputs: [
            ShowReport.Output(name: "endpoint", type: .string("string"), isSensitive: false, value: .shown(.string("https://a.example/\n"))),
            ShowReport.Output(name: "password", type: .string("string"), isSensitive: true, value: .masked(fingerprint: "0011aabb")),
            ShowReport.Output(
                name: "big", type: .string("number"), isSensitive: false, value: .shown(.number("12345678901234567890123"))),
        ])

    static let check = VaultCheckReport(
        vaultLocation: "/srv/vault", snapshots: 3, states: 4, versions: 40, packs: 2, bytesRead: 1_000_000, readFraction: 1,
        findings: [
            Finding(
                ruleID: "vault.piece.damaged", severity: .critical, subject: "packs/ab/abcd", message: "SHA-256 differs & <more>.",
                remedy: "Restore the pack from a copy."),
            Finding(ruleID: "vault.leftover", severity: .info, subject: "tmp/1", message: "Left by a run that was killed."),
        ],
        affected: [VaultCheckReport.Affected(reference: "primary:a.tfstate", versionID: "v1")], failOn: .low, elapsed: .milliseconds(120))

    static func text(_ report: some Report, _ format: ReportFormat, width: Int? = nil, colour: Bool = false, detailed: Bool = false) throws -> String {
        try Rendering(
            format: format, layout: TerminalLayout(width: width, hasColour: colour), page: PageOptions(isDetailed: detailed), time: time
        ).text(of: report)
    }
}
