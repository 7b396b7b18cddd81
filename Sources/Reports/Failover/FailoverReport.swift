public import Timestamps

/// What `tfguard failover` and `tfguard failback` plan and did.
public struct FailoverReport: Report {
    /// `failover` or `failback`.
    public var command: String
    public var primary: String
    public var dr: String
    /// `answers`, `vault` or `unknown`: how the primary side is known.
    public var primaryView: String
    /// When the vault last saw the primary side.
    public var knownAsOf: Timestamp?
    public var states: [FailoverStateRow]
    public var files: [BackendFileRow]
    public var cautions: [String]
    /// False for a dry run.
    public var isDone: Bool
    public var notices: [Notice]
    public var problems: [Problem]

    public init(
        command: String, primary: String, dr: String, primaryView: String, knownAsOf: Timestamp?, states: [FailoverStateRow], files: [BackendFileRow], cautions: [String],
        isDone: Bool = false, notices: [Notice] = [], problems: [Problem] = []
    ) {
        (self.command, self.primary, self.dr) = (command, primary, dr)
        (self.primaryView, self.knownAsOf) = (primaryView, knownAsOf)
        (self.states, self.files, self.cautions) = (states, files, cautions)
        (self.isDone, self.notices, self.problems) = (isDone, notices, problems)
    }

    public var status: ExitStatus { problems.isEmpty ? .success : .partial }

    public var body: JSONObject {
        [
            "primary": .string(primary), "dr": .string(dr), "primary_view": .string(primaryView), "primary_known_as_of": .string(knownAsOf?.rfc3339), "done": .bool(isDone),
            "states": .objects(states.map(\.object)), "backend_files": .objects(files.map(\.object)), "cautions": .strings(cautions),
            "notices": .objects(notices.map(\.object)),
        ]
    }

    public func page(_ options: PageOptions) -> ReportPage {
        FailoverPage(report: self, isDetailed: options.isDetailed).page
    }
}

/// A backend configuration file that was or would be written.
public struct BackendFileRow: Sendable {
    public var path: String
    /// The backend's `key`.
    public var root: String
    public var workspaces: [String]
    /// The command that switches a root to it.
    public var initCommand: String

    public init(path: String, root: String, workspaces: [String], initCommand: String) {
        (self.path, self.root) = (path, root)
        (self.workspaces, self.initCommand) = (workspaces, initCommand)
    }

    var object: JSONObject {
        ["path": .string(path), "root": .string(root), "workspaces": .strings(workspaces), "init": .string(initCommand)]
    }
}
