public import Findings

/// What `tfguard verify` found: the proof of replication.
public struct VerifyReport: Report {
    public var pairs: [VerifiedPair]
    /// From which severity on findings decide the exit status.
    public var failOn: Severity
    /// Versions that `--batch-manifest` wrote, and where.
    public var manifest: Manifest?
    /// What `--copy-missing` did.
    public var copies: [Copy]
    public var problems: [Problem]

    /// A manifest of S3 Batch Replication that was written.
    public struct Manifest: Sendable {
        public var path: String
        public var versions: Int
        /// How many of them are delete markers.
        public var deleteMarkers: Int
        /// Delete markers that the rules keep away.
        public var deleteMarkersLeftOut: Int
        /// Versions that were deleted on the DR side, which S3 does not bring back.
        public var deletedThereLeftOut: Int

        public init(path: String, versions: Int, deleteMarkers: Int, deleteMarkersLeftOut: Int, deletedThereLeftOut: Int) {
            (self.path, self.versions, self.deleteMarkers) = (path, versions, deleteMarkers)
            (self.deleteMarkersLeftOut, self.deletedThereLeftOut) = (deleteMarkersLeftOut, deletedThereLeftOut)
        }
    }

    /// One state whose current version was missing.
    public struct Copy: Sendable {
        public var reference: String
        public var sourceVersionID: String
        /// `planned`, `copied`, `skipped`, `failed`.
        public var outcome: String
        public var newVersionID: String?
        public var detail: String

        public init(reference: String, sourceVersionID: String, outcome: String, newVersionID: String? = nil, detail: String = "") {
            (self.reference, self.sourceVersionID, self.outcome) = (reference, sourceVersionID, outcome)
            (self.newVersionID, self.detail) = (newVersionID, detail)
        }
    }

    public init(pairs: [VerifiedPair], failOn: Severity, manifest: Manifest? = nil, copies: [Copy] = [], problems: [Problem] = []) {
        (self.pairs, self.failOn, self.manifest, self.copies, self.problems) = (pairs, failOn, manifest, copies, problems)
    }

    public var command: String { "verify" }
    public static var formats: [ReportFormat] { ReportFormat.allCases }
    public var findings: [Finding] { pairs.flatMap(\.findings) }

    public var status: ExitStatus {
        if !problems.isEmpty { return pairs.contains(where: \.wasRead) ? .partial : .failure }
        return findings.contains { $0.severity >= failOn } ? .findings : .success
    }

    public var body: JSONObject {
        var body: JSONObject = ["pairs": .objects(pairs.map(\.object))]
        if let manifest {
            let object: JSONObject = [
                "path": .string(manifest.path), "versions": .integer(manifest.versions), "delete_markers": .integer(manifest.deleteMarkers),
                "delete_markers_left_out": .integer(manifest.deleteMarkersLeftOut), "deleted_there_left_out": .integer(manifest.deletedThereLeftOut),
            ]
            body = body + ["batch_manifest": .object(object)]
        }
        if !copies.isEmpty { body = body + ["copies": .objects(copies.map(\.object))] }
        return body
    }

    public func page(_ options: PageOptions) -> ReportPage { VerifyPage(report: self, isDetailed: options.isDetailed).page }
}

extension VerifyReport.Copy {
    var object: JSONObject {
        [
            "reference": .string(reference), "source_version_id": .string(sourceVersionID), "outcome": .string(outcome), "version_id": .string(newVersionID),
            "detail": .string(detail),
        ]
    }
}
