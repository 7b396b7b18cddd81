extension DriftReport {
    /// Two states that were compared, or two stacks of one state.
    public struct Pair: Sendable {
        /// Nil when only the other side has this state.
        public var primary: Side?
        public var dr: Side?
        /// What tells the stacks of one state apart; nil for two states.
        public var split: String?
        public var findings: [Entry]
        public var expected: [Expected]
        /// Filled by `--show-expected`.
        public var expectedDifferences: [ExpectedEntry]
        /// How many instances have a counterpart.
        public var counterparts: Int
        public var staleRules: [Rule]

        public init(
            primary: Side?, dr: Side?, split: String? = nil, findings: [Entry] = [], expected: [Expected] = [],
            expectedDifferences: [ExpectedEntry] = [], counterparts: Int = 0, staleRules: [Rule] = []
        ) {
            self.primary = primary
            self.dr = dr
            self.split = split
            self.findings = findings
            self.expected = expected
            self.expectedDifferences = expectedDifferences
            self.counterparts = counterparts
            self.staleRules = staleRules
        }

        var expectedCount: Int { expected.reduce(0) { $0 + $1.count } }
    }

    /// One side of a pair.
    public struct Side: Sendable {
        public var reference: String
        public var serial: UInt64
        public var instances: Int

        public init(reference: String, serial: UInt64, instances: Int) {
            self.reference = reference
            self.serial = serial
            self.instances = instances
        }
    }

    /// How many differences a second region must have, by reason.
    public struct Expected: Sendable {
        public var reason: String
        /// The reason in words.
        public var words: String
        public var count: Int

        public init(reason: String, words: String, count: Int) {
            self.reason = reason
            self.words = words
            self.count = count
        }
    }

    /// One expected difference, with what explains it.
    public struct ExpectedEntry: Sendable {
        public var primaryAddress: String?
        public var drAddress: String?
        public var attribute: String?
        public var reason: String
        public var detail: String

        public init(primaryAddress: String?, drAddress: String?, attribute: String?, reason: String, detail: String) {
            self.primaryAddress = primaryAddress
            self.drAddress = drAddress
            self.attribute = attribute
            self.reason = reason
            self.detail = detail
        }
    }
}

extension DriftReport.Pair {
    /// `primary:network ↔ dr:network`, as a heading.
    var title: String {
        guard let primary else { return "only in DR: \(dr?.reference ?? "")" }
        guard let dr else { return "only in the primary: \(primary.reference)" }
        return split.map { "\(primary.reference): \($0)" } ?? "\(primary.reference) ↔ \(dr.reference)"
    }

    var object: JSONObject {
        var object: JSONObject = [
            "primary": DriftReport.Side.node(primary), "dr": DriftReport.Side.node(dr), "split": .string(split),
            "findings": .objects(findings.map(\.object)),
            "expected": .object(JSONObject(expected.map { ($0.reason, .integer($0.count)) })), "counterparts": .integer(counterparts),
            "stale_rules": .objects(staleRules.map(\.object)),
        ]
        if !expectedDifferences.isEmpty { object = object + ["expected_differences": .objects(expectedDifferences.map(\.object))] }
        return object
    }
}

extension DriftReport.Side {
    static func node(_ side: DriftReport.Side?) -> JSONNode {
        guard let side else { return .object(["reference": .null, "serial": .null, "instances": .null]) }
        return .object(["reference": .string(side.reference), "serial": .integer(side.serial), "instances": .integer(side.instances)])
    }
}

extension DriftReport.ExpectedEntry {
    var object: JSONObject {
        [
            "primary_address": .string(primaryAddress), "dr_address": .string(drAddress), "attribute": .string(attribute), "reason": .string(reason),
            "detail": .string(detail),
        ]
    }
}
