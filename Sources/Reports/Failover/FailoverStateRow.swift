public import Timestamps

/// One state of a failover or failback.
public struct FailoverStateRow: Sendable {
    /// One thing that is done with it.
    public struct Action: Sendable {
        public var title: String
        public var requests: [Request]

        public init(title: String, requests: [Request]) {
            (self.title, self.requests) = (title, requests)
        }
    }

    /// One request of it.
    public struct Request: Sendable {
        public var operation: String
        public var target: String
        public var condition: String
        public var content: String
        public var writes: Bool

        public init(operation: String, target: String, condition: String, content: String, writes: Bool) {
            (self.operation, self.target, self.condition) = (operation, target, condition)
            (self.content, self.writes) = (content, writes)
        }
    }

    public var reference: String
    /// What the doctor says of it.
    public var verdict: String
    /// The serial that will be in use: the recovery point of a failover, the newest of a failback.
    public var serial: UInt64?
    public var lastModified: Timestamp?
    /// Newer versions of the primary side that the DR side lacks; nil when the primary side is not known.
    public var versionsAtRisk: Int?
    public var lostSerials: [UInt64] = []
    /// `change address` of what the lost versions changed.
    public var lostResources: [String] = []
    public var holders: [LockHolderRow] = []
    public var fenceID: String?
    public var actions: [Action] = []
    /// Why it is left out.
    public var obstacle: String?
    /// What helps against the obstacle, or brings over what only the vault has.
    public var remedy: String?
    /// Failback: the serial on the primary side afterwards.
    public var newSerial: UInt64?
    /// Failback: managed instances that only the primary side knows.
    public var forgotten: [RestoreReport.Instance] = []
    /// What was done, in words; nil before.
    public var outcome: String?

    public init(reference: String, verdict: String) {
        (self.reference, self.verdict) = (reference, verdict)
    }

    var object: JSONObject {
        [
            "reference": .string(reference), "verdict": .string(verdict), "serial": .integer(serial), "new_serial": .integer(newSerial),
            "last_modified": .string(lastModified?.rfc3339), "versions_at_risk": .integer(versionsAtRisk), "lost_serials": .array(lostSerials.map { .integer($0) }),
            "lost_resources": .strings(lostResources), "holders": .objects(holders.map(\.object)), "fence_id": .string(fenceID),
            "instances_forgotten": .objects(forgotten.map { ["address": .string($0.address), "id": .string($0.id), "import": .string($0.remedy)] }),
            "actions": .objects(actions.map(\.object)), "obstacle": .string(obstacle), "remedy": .string(remedy), "outcome": .string(outcome),
        ]
    }
}

extension FailoverStateRow.Action {
    var object: JSONObject { ["action": .string(title), "requests": .objects(requests.map(\.object))] }
}

extension FailoverStateRow.Request {
    var object: JSONObject {
        ["operation": .string(operation), "target": .string(target), "condition": .string(condition), "content": .string(content), "writes": .bool(writes)]
    }

    /// One line for people.
    var line: ListingLine {
        let words = [condition, content].filter { !$0.isEmpty }.joined(separator: "; ")
        return ListingLine(writes ? .change : .none, Phrase([.words("\(operation) "), .verbatim(target), .words(words.isEmpty ? "" : "   \(words)")]), depth: 1)
    }
}
