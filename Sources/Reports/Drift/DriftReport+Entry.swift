public import Findings

extension DriftReport {
    /// A difference to act on: no value in it that a reader must not see.
    public struct Entry: Sendable {
        /// Stable across runs: baselines and code-scanning views key on it.
        public var id: String
        /// `missing extra changed wrong-reference names-the-primary opaque secret unmatched`
        public var findingClass: String
        public var ruleID: RuleID
        public var severity: Severity
        public var primaryAddress: String?
        public var drAddress: String?
        public var attribute: String?
        public var primaryValue: ShownValue
        public var drValue: ShownValue
        public var reason: String
        /// The DR plan's component that it endangers.
        public var component: String?
        /// The object is tainted or only partly applied.
        public var isUncertain: Bool
        /// A baseline knows it.
        public var isAccepted = false

        public init(
            id: String, findingClass: String, ruleID: RuleID, severity: Severity, primaryAddress: String?, drAddress: String?, attribute: String? = nil,
            primaryValue: ShownValue = .absent, drValue: ShownValue = .absent, reason: String, component: String? = nil, isUncertain: Bool = false
        ) {
            self.id = id
            self.findingClass = findingClass
            self.ruleID = ruleID
            self.severity = severity
            self.primaryAddress = primaryAddress
            self.drAddress = drAddress
            self.attribute = attribute
            self.primaryValue = primaryValue
            self.drValue = drValue
            self.reason = reason
            self.component = component
            self.isUncertain = isUncertain
        }
    }
}

extension DriftReport.Entry {
    /// The address to show first.
    var address: String { primaryAddress ?? drAddress ?? "" }

    /// Both addresses where they differ.
    var addresses: Phrase {
        guard let primaryAddress, let drAddress, primaryAddress != drAddress else { return .verbatim(address) }
        return Phrase([.verbatim(primaryAddress), .words(" ↔ "), .verbatim(drAddress)])
    }

    /// What endangers no component of the plan stands together at the end.
    var componentTitle: String { component ?? "Other resources" }

    var object: JSONObject {
        [
            "id": .string(id), "class": .string(findingClass), "rule_id": .string(ruleID.description), "severity": .string(severity.rawValue),
            "primary_address": .string(primaryAddress), "dr_address": .string(drAddress), "attribute": .string(attribute),
            "primary_value": primaryValue.node, "dr_value": drValue.node, "primary_fingerprint": .string(primaryValue.fingerprint),
            "dr_fingerprint": .string(drValue.fingerprint), "reason": .string(reason), "component": .string(component),
            "uncertain": .bool(isUncertain), "accepted": .bool(isAccepted),
        ]
    }

    /// The finding in the words of every command.
    var finding: Finding {
        Finding(
            ruleID: ruleID, severity: severity, subject: attribute.map { "\(address).\($0)" } ?? address, message: message, component: component)
    }

    /// One sentence with both values.
    var message: String {
        let values: String
        switch (primaryValue, drValue) {
        case (.absent, .absent): values = ""
        default: values = " (primary: \(primaryValue.phrase(isDetailed: false).plain), DR: \(drValue.phrase(isDetailed: false).plain))"
        }
        return reason + values
    }
}
