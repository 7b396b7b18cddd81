public import Timestamps

/// The history of one state, newest version first.
public struct VersionsReport: Report {
    public var reference: String
    public var versions: [Version]
    public var notices: [Notice]
    public var problems: [Problem]

    /// One version of the state. What is nil is not known: a version that was neither in the vault nor read.
    public struct Version: Sendable {
        public var versionID: String
        public var isLatest = false
        public var isDeleteMarker = false
        public var lastModified: Timestamp?
        public var size: Int64?
        public var etag: String?
        public var sha256: String?
        public var serial: UInt64?
        public var lineage: String?
        public var terraformVersion: String?
        public var resourceCount: Int?
        public var instanceCount: Int?
        public var replicationStatus: String?
        public var isInVault = false
        /// Whether S3 still has it.
        public var isListed = true
        /// `ok suspect invalid unreadable repairable encrypted unsupported checksum missing`
        public var verdict: String?

        public init(versionID: String) {
            self.versionID = versionID
        }
    }

    public init(reference: String, versions: [Version], notices: [Notice] = [], problems: [Problem] = []) {
        self.reference = reference
        self.versions = versions
        self.notices = notices
        self.problems = problems
    }

    public var command: String { "versions" }
    public var status: ExitStatus { problems.isEmpty ? .success : .partial }

    public var body: JSONObject {
        [
            "reference": .string(reference), "versions": .objects(versions.map(\.object)),
            "notices": .objects(notices.map(\.object)),
        ]
    }

    public func page(_ options: PageOptions) -> ReportPage {
        VersionsPage(report: self, isDetailed: options.isDetailed).page
    }
}

extension VersionsReport.Version {
    var object: JSONObject {
        [
            "version_id": .string(versionID),
            "is_latest": .bool(isLatest),
            "delete_marker": .bool(isDeleteMarker),
            "last_modified": .string(lastModified?.rfc3339),
            "size": .integer(size),
            "etag": .string(etag),
            "sha256": .string(sha256),
            "serial": .integer(serial),
            "lineage": .string(lineage),
            "terraform_version": .string(terraformVersion),
            "resource_count": .integer(resourceCount),
            "instance_count": .integer(instanceCount),
            "replication_status": .string(replicationStatus),
            "in_vault": .bool(isInVault),
            "in_s3": .bool(isListed),
            "verdict": .string(verdict),
        ]
    }
}
