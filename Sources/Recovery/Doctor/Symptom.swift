public import Findings

/// One thing that is wrong with a state, with what it means and what to do.
public struct Symptom: Sendable, Hashable {
    public var ruleID: RuleID
    public var severity: Severity
    /// What was seen and what Terraform would make of it now; holds no values of the state.
    public var message: String
    /// What to do about it.
    public var remedy: String?
    /// Where in the file, in bytes from 0.
    public var byteOffset: Int?
    /// The resource instance that it concerns.
    public var address: String?

    public init(ruleID: RuleID, severity: Severity, message: String, remedy: String? = nil, byteOffset: Int? = nil, address: String? = nil) {
        self.ruleID = ruleID
        self.severity = severity
        self.message = message
        self.remedy = remedy
        self.byteOffset = byteOffset
        self.address = address
    }
}
