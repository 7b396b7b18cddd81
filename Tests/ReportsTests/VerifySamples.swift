import Findings
import Reports
import Timestamps

/// Proofs of replication: in step, behind, and with the primary side gone.
enum VerifySamples {
    static func version(_ id: String, serial: UInt64?, cause: String, status: String? = nil, isMarker: Bool = false) -> VerifiedState.Version {
        VerifiedState.Version(
            versionID: id, isDeleteMarker: isMarker, lastModified: Samples.time - .seconds(600), size: isMarker ? 0 : 4321, serial: serial, cause: cause, status: status, counterpartID: nil)
    }

    static func point(_ serial: UInt64?, atRisk: Int = 0, exposure: Duration = .zero) -> VerifiedState.Point {
        VerifiedState.Point(
            versionID: serial.map { "v\($0)aaaaaaaaaaaaaaaaaaaaaaaa" }, replicaID: serial.map { "v\($0)aaaaaaaaaaaaaaaaaaaaaaaa" }, serial: serial,
            lastModified: serial.map { _ in Samples.time - .seconds(3600) }, isDeleteMarker: false, versionsAtRisk: atRisk, exposure: exposure)
    }

    static func inStep(_ key: String, versions: Int) -> VerifiedState {
        VerifiedState(
            key: key, versions: versions, deleteMarkers: 1, replicated: versions, missing: [], different: [], unverified: [], extra: [], outOfOrder: [], renamed: 0, pending: 0, failed: 0,
            recoveryPoint: point(7))
    }

    static let behind = VerifiedState(
        key: "prod/\(Samples.hostile)/terraform.tfstate", versions: 9, deleteMarkers: 1, replicated: 4,
        missing: [
            version("missing-3", serial: 14, cause: "pending", status: "PENDING"), version("missing-2", serial: 13, cause: "failed", status: "FAILED"),
            version("missing-1", serial: nil, cause: "delete_marker_by_rule", isMarker: true),
        ],
        different: [version("different-1", serial: 12, cause: "different_content")], unverified: [version("unverified-1", serial: nil, cause: "unverified")],
        extra: [version("extra-1", serial: 99, cause: "written_on_dr")], outOfOrder: [version("order-1", serial: 3, cause: "unknown")], renamed: 2, pending: 1, failed: 1,
        recoveryPoint: point(11, atRisk: 3, exposure: .seconds(754)), lostSerials: [14, 13, 12],
        lostResources: [.init(address: "module.app[\"日本\"].aws_instance.web[0]", action: "add"), .init(address: "aws_db_instance.main", action: "change")], lostResourceCount: 9)

    static let findings = [
        Finding(
            ruleID: "replication.failed", severity: .high, subject: "primary:prod/\(Samples.hostile)/terraform.tfstate",
            message: "1 version of 9 not on dr: S3 FAILED to copy them and will not try again: serial 13 (missing-2)", remedy: "remove the cause, then tfguard verify --batch-manifest FILE"),
        Finding(ruleID: "replication.role-unknown", severity: .info, subject: "primary (s3://states)", message: "whether S3 may assume the role is not known for certain: iam:GetRole: AccessDenied", remedy: "allow iam:GetRole"),
    ]

    static let behindReport = VerifyReport(
        pairs: [
            VerifiedPair(
                from: "primary", to: "dr", fromReadFrom: "s3", toReadFrom: "s3", states: [inStep("network/terraform.tfstate", versions: 1234), behind], objective: .seconds(900),
                exposure: .seconds(754), lag: .init(samples: 40, median: 12.5, p95: 310, maximum: 1234.5, provenMaximum: 600, runs: 9), ignored: ["lock_file": 3], findings: findings)
        ], failOn: .low, manifest: .init(path: "missing.csv", versions: 2, deleteMarkers: 1, deleteMarkersLeftOut: 1, deletedThereLeftOut: 2),
        copies: [.init(reference: "dr:a.tfstate", sourceVersionID: "missing-3", outcome: "copied", newVersionID: "new-1"), .init(reference: "dr:b.tfstate", sourceVersionID: "b-1", outcome: "skipped", detail: "dr has a current version of its own: decide first which side is right")])

    static let deadReport = VerifyReport(
        pairs: [
            VerifiedPair(
                from: "primary", to: "dr", fromReadFrom: "vault", toReadFrom: "s3", states: [inStep("network/terraform.tfstate", versions: 12)], objective: nil, exposure: .zero, lag: nil, ignored: [:],
                findings: [])
        ], failOn: .low, problems: [Problem(reference: "primary", message: "its versions could not be listed: ListObjectVersions: ServiceUnavailable (HTTP 503)", hint: "try again")])

    static let inStepReport = VerifyReport(
        pairs: [
            VerifiedPair(
                from: "primary", to: "dr", fromReadFrom: "s3", toReadFrom: "s3", states: (0..<30).map { inStep("team-\($0)/terraform.tfstate", versions: 40) }, objective: .seconds(900), exposure: .zero,
                lag: nil, ignored: [:], findings: [findings[1]])
        ], failOn: .low)
}
