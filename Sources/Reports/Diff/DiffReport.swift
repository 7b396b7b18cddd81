/// What changed between two versions of a state, or between two files.
public struct DiffReport: Report {
    public var before: Version
    public var after: Version
    public var changeSet: ChangeSet
    public var notices: [Notice]
    /// What could not be read: S3 did not answer, and the vault's copies may not be the newest.
    public var problems: [Problem]

    /// One of the two sides.
    public struct Version: Sendable {
        /// The reference in full.
        public var reference: String
        public var serial: UInt64
        public var lineage: String
        public var terraformVersion: String

        public init(reference: String, serial: UInt64, lineage: String, terraformVersion: String) {
            self.reference = reference
            self.serial = serial
            self.lineage = lineage
            self.terraformVersion = terraformVersion
        }

        var object: JSONObject {
            [
                "reference": .string(reference), "serial": .integer(serial), "lineage": .string(lineage),
                "terraform_version": .string(terraformVersion),
            ]
        }
    }

    public init(before: Version, after: Version, changeSet: ChangeSet, notices: [Notice] = [], problems: [Problem] = []) {
        self.before = before
        self.after = after
        self.changeSet = changeSet
        self.notices = notices
        self.problems = problems
    }

    public var command: String { "diff" }
    public var status: ExitStatus { !problems.isEmpty ? .partial : changeSet.isEmpty ? .success : .findings }

    public var body: JSONObject {
        changeSet.members + [
            "generation": .object(["before": .object(before.object), "after": .object(after.object)]),
            "summary": .object(changeSet.summary),
            "notices": .objects(notices.map(\.object)),
        ]
    }

    public func page(_ options: PageOptions) -> ReportPage {
        var blocks: [ReportBlock] = [
            .facts([Fact("before", fact(before)), Fact("after", fact(after))])
        ]
        blocks += notices.map { .notice($0) }
        if !changeSet.isEmpty { blocks.append(.listing(changeSet.listing(isDetailed: options.isDetailed))) }
        return ReportPage(blocks + problems.map { .notice(Notice($0)) }, summary: .words(changeSet.isEmpty ? "No differences." : "\(changeSet.words)."))
    }

    private func fact(_ version: Version) -> Phrase {
        Phrase([
            .verbatim(version.reference), .words(" (serial \(version.serial), Terraform "), .verbatim(version.terraformVersion), .words(")"),
        ])
    }
}
