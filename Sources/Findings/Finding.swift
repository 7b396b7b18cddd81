/// Something that a person should act on.
public struct Finding: Hashable, Sendable, Codable {
    /// Which rule found it.
    public var ruleID: RuleID
    public var severity: Severity
    /// Where: a bucket, a state reference, a resource address.
    public var subject: String
    /// What was seen, in one sentence. Never holds a sensitive value.
    public var message: String
    /// What to do about it, in one sentence or one command.
    public var remedy: String?
    /// The component of the DR plan that it endangers, if one is known.
    public var component: String?

    public init(ruleID: RuleID, severity: Severity, subject: String, message: String, remedy: String? = nil, component: String? = nil) {
        self.ruleID = ruleID
        self.severity = severity
        self.subject = subject
        self.message = message
        self.remedy = remedy
        self.component = component
    }

    private enum CodingKeys: String, CodingKey {
        case ruleID = "rule_id"
        case severity, subject, message, remedy, component
    }
}
