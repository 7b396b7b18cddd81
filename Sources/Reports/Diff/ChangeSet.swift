public import StateComparison

/// What changed between two versions, ready to be shown: no value in it that a reader must not see.
public struct ChangeSet: Sendable {
    public var changes: [Change]
    public var outputs: [Output]

    /// One instance that changed.
    public struct Change: Sendable {
        public var action: InstanceChange.Action
        public var address: String
        public var previousAddress: String?
        public var deposedKey: String?
        public var type: String
        public var attributes: [Attribute]

        public init(action: InstanceChange.Action, address: String, previousAddress: String? = nil, deposedKey: String? = nil, type: String, attributes: [Attribute] = []) {
            self.action = action
            self.address = address
            self.previousAddress = previousAddress
            self.deposedKey = deposedKey
            self.type = type
            self.attributes = attributes
        }
    }

    /// One output of the root module that changed.
    public struct Output: Sendable {
        public var action: OutputChange.Action
        public var name: String
        public var attributes: [Attribute]

        public init(action: OutputChange.Action, name: String, attributes: [Attribute]) {
            self.action = action
            self.name = name
            self.attributes = attributes
        }
    }

    /// One attribute's values before and after.
    public struct Attribute: Sendable {
        public var path: String
        public var before: ShownValue
        public var after: ShownValue
        public var isSensitive: Bool

        public init(path: String, before: ShownValue, after: ShownValue, isSensitive: Bool) {
            self.path = path
            self.before = before
            self.after = after
            self.isSensitive = isSensitive
        }
    }

    public init(changes: [Change] = [], outputs: [Output] = []) {
        self.changes = changes
        self.outputs = outputs
    }

    public var isEmpty: Bool { changes.isEmpty && outputs.isEmpty }

    private var counts: [InstanceChange.Action: Int] {
        changes.reduce(into: [:]) { $0[$1.action, default: 0] += 1 }
    }

    /// `summary` of the JSON contract: every action with its number, and the outputs.
    var summary: JSONObject {
        let counts = counts
        return JSONObject(InstanceChange.Action.allCases.map { ($0.rawValue, .integer(counts[$0] ?? 0)) })
            + ["outputs": .integer(outputs.count)]
    }

    /// `2 added, 1 changed, 0 removed, 1 moved`, with the rarer actions only where they happened.
    var words: String {
        let counts = counts
        var parts = [(InstanceChange.Action.add, "added"), (.change, "changed"), (.remove, "removed")].map { "\(Quantity.grouped(counts[$0] ?? 0)) \($1)" }
        let rare: [(InstanceChange.Action, String)] = [
            (.replace, "replaced"), (.move, "moved"), (.taint, "tainted"), (.untaint, "untainted"), (.depose, "deposed"), (.undepose, "no longer deposed"),
        ]
        for (action, word) in rare where counts[action, default: 0] > 0 { parts.append("\(Quantity.grouped(counts[action] ?? 0)) \(word)") }
        if !outputs.isEmpty { parts.append("\(Quantity.count(outputs.count, "output", "outputs")) changed") }
        return parts.joined(separator: ", ")
    }

    /// `changes` and `outputs` of the JSON contract.
    var members: JSONObject {
        ["changes": .objects(changes.map(\.object)), "outputs": .objects(outputs.map(\.object))]
    }
}

extension ChangeSet.Change {
    var object: JSONObject {
        [
            "action": .string(action.rawValue), "address": .string(address), "previous_address": .string(previousAddress),
            "deposed_key": .string(deposedKey), "type": .string(type), "attributes": .objects(attributes.map(\.object)),
        ]
    }
}

extension ChangeSet.Output {
    var object: JSONObject {
        ["action": .string(action.rawValue), "name": .string(name), "attributes": .objects(attributes.map(\.object))]
    }
}

extension ChangeSet.Attribute {
    var object: JSONObject {
        let common: JSONObject = ["path": .string(path), "before": before.node, "after": after.node, "sensitive": .bool(isSensitive)]
        guard before.fingerprint != nil || after.fingerprint != nil else { return common }
        return common + ["before_fingerprint": .string(before.fingerprint), "after_fingerprint": .string(after.fingerprint)]
    }
}
