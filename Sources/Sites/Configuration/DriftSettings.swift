public import Timestamps

/// What a user says about the drift of two stacks: `drift` of the configuration, as plain values.
public struct DriftSettings: Sendable, Equatable {
    /// Two states that belong together although their keys differ.
    public struct StatePair: Sendable, Equatable {
        public var primary: String
        public var dr: String

        public init(primary: String, dr: String) {
            self.primary = primary
            self.dr = dr
        }
    }

    /// Two addresses that belong together although nothing shows it.
    public struct AddressPair: Sendable, Equatable {
        public var primary: String
        public var dr: String

        public init(primary: String, dr: String) {
            self.primary = primary
            self.dr = dr
        }
    }

    /// A difference that is meant to be. Every condition given must hold; globs are allowed in all of them.
    public struct IgnoreRule: Sendable, Equatable {
        public var address: String?
        public var type: String?
        public var attribute: String?
        /// Class of finding: `missing`, `extra`, `changed`, ….
        public var findingClass: String?
        /// Required: a rule that nobody can explain is a hole.
        public var reason: String
        /// The rule no longer applies from this moment on: the end, in UTC, of the day the file names.
        public var until: Timestamp?
        /// 1-based line of the rule in the file, for reports about stale rules.
        public var line: Int?

        public init(
            address: String? = nil, type: String? = nil, attribute: String? = nil, findingClass: String? = nil, reason: String,
            until: Timestamp? = nil, line: Int? = nil
        ) {
            self.address = address
            self.type = type
            self.attribute = attribute
            self.findingClass = findingClass
            self.reason = reason
            self.until = until
            self.line = line
        }
    }

    public var pairs: [StatePair]
    public var map: [AddressPair]
    public var ignore: [IgnoreRule]
    /// Whether the rules shipped with tfguard apply as well.
    public var useDefaultRules: Bool

    public init(pairs: [StatePair] = [], map: [AddressPair] = [], ignore: [IgnoreRule] = [], useDefaultRules: Bool = true) {
        self.pairs = pairs
        self.map = map
        self.ignore = ignore
        self.useDefaultRules = useDefaultRules
    }
}
