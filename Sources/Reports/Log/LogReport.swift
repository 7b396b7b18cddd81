public import Timestamps

/// A state's history as changes, newest first.
public struct LogReport: Report {
    public var reference: String
    /// The address that the history is about; nil for all.
    public var address: String?
    /// The attribute that the history is about; nil for all.
    public var attribute: String?
    public var isByApply: Bool
    public var entries: [Entry]
    public var notices: [Notice]
    public var problems: [Problem]

    /// One version, or several that one apply wrote, with what it changed.
    public struct Entry: Sendable {
        /// The newest version of the entry.
        public var versionID: String
        /// Every version of the entry, newest first.
        public var versionIDs: [String]
        public var isDeleteMarker = false
        public var lastModified: Timestamp
        /// When the oldest version of the entry was written.
        public var firstModified: Timestamp
        public var serial: UInt64?
        public var firstSerial: UInt64?
        public var lineage: String?
        public var terraformVersion: String?
        /// The version that this one was compared with; nil for the oldest known one.
        public var previousVersionID: String?
        public var changeSet = ChangeSet()
        /// How the versions of the entry were told to be of one apply; nil for a single one.
        public var grouping: Grouping?
        /// Why the version cannot be read: nothing is known of its changes.
        public var unreadable: String?

        public enum Grouping: String, Sendable {
            /// They were written while one lock was held.
            case lock
            /// They were written shortly after one another.
            case time
        }

        public init(versionID: String, lastModified: Timestamp) {
            self.versionID = versionID
            versionIDs = [versionID]
            self.lastModified = lastModified
            firstModified = lastModified
        }
    }

    public init(
        reference: String, address: String? = nil, attribute: String? = nil, isByApply: Bool = false, entries: [Entry], notices: [Notice] = [],
        problems: [Problem] = []
    ) {
        self.reference = reference
        self.address = address
        self.attribute = attribute
        self.isByApply = isByApply
        self.entries = entries
        self.notices = notices
        self.problems = problems
    }

    public var command: String { "log" }
    public var status: ExitStatus { problems.isEmpty ? .success : .partial }

    public var body: JSONObject {
        [
            "reference": .string(reference), "address": .string(address), "attribute": .string(attribute), "by_apply": .bool(isByApply),
            "entries": .objects(entries.map(\.object)), "notices": .objects(notices.map(\.object)),
        ]
    }

    public func page(_ options: PageOptions) -> ReportPage {
        LogPage(report: self, isDetailed: options.isDetailed).page
    }
}

extension LogReport.Entry {
    var object: JSONObject {
        let common: JSONObject = [
            "version_id": .string(versionID), "version_ids": .strings(versionIDs), "delete_marker": .bool(isDeleteMarker),
            "serial": .integer(serial), "first_serial": .integer(firstSerial), "lineage": .string(lineage),
            "last_modified": .string(lastModified.rfc3339), "first_modified": .string(firstModified.rfc3339),
            "terraform_version": .string(terraformVersion), "previous_version_id": .string(previousVersionID), "unreadable": .string(unreadable),
            "grouped_by": .string(grouping?.rawValue),
        ]
        return common + changeSet.members + ["summary": .object(changeSet.summary)]
    }
}
