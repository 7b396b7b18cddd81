public import Timestamps

/// One snapshot in a list.
public struct SnapshotSummary: Sendable {
    public var snapshotID: String
    public var takenAt: Timestamp
    public var sites: [String]
    public var states: Int
    public var versions: Int
    /// The program that wrote it.
    public var tool: String
    /// How many things could not be read in that run.
    public var problems: Int

    public init(snapshotID: String, takenAt: Timestamp, sites: [String], states: Int, versions: Int, tool: String, problems: Int) {
        self.snapshotID = snapshotID
        self.takenAt = takenAt
        self.sites = sites
        self.states = states
        self.versions = versions
        self.tool = tool
        self.problems = problems
    }

    var object: JSONObject {
        [
            "snapshot_id": .string(snapshotID),
            "taken_at": .string(takenAt.rfc3339),
            "sites": .strings(sites),
            "states": .integer(states),
            "versions": .integer(versions),
            "tool": .string(tool),
            "problem_count": .integer(problems),
        ]
    }
}
