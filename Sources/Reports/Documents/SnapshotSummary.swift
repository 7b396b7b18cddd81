public import Timestamps

/// One snapshot in a list.
public struct SnapshotSummary: Sendable {
    public var snapshotID: String
    public var takenAt: Timestamp
    public var sites: [String]
    public var states: Int
    public var versions: Int
    /// The machine that ran it.
    public var host: String?
    /// How many things could not be read in that run.
    public var problems: Int

    public init(snapshotID: String, takenAt: Timestamp, sites: [String], states: Int, versions: Int, host: String? = nil, problems: Int) {
        self.snapshotID = snapshotID
        self.takenAt = takenAt
        self.sites = sites
        self.states = states
        self.versions = versions
        self.host = host
        self.problems = problems
    }

    var object: JSONObject {
        [
            "snapshot_id": .string(snapshotID),
            "taken_at": .string(takenAt.rfc3339),
            "sites": .strings(sites),
            "states": .integer(states),
            "versions": .integer(versions),
            "host": .string(host),
            "problem_count": .integer(problems),
        ]
    }
}
