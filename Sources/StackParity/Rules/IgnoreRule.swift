/// A difference that is accepted, with the reason why.
///
/// Fields that are nil match everything; globs know `*` and `?`.
public struct IgnoreRule: Hashable, Sendable {
    /// Resource type, `aws_autoscaling_group`, `data.aws_ami`.
    public var type: String?
    /// Address on either side, `module.app.*`.
    public var address: String?
    /// Attribute path or its first segment, `desired_capacity`, `rule[*].copy_action`.
    public var attribute: String?
    /// Only findings of this class.
    public var findingClass: FindingClass?
    public var reason: String
    /// Last day on which the rule holds, `2027-01-01`.
    public var until: String?

    public init(type: String? = nil, address: String? = nil, attribute: String? = nil, findingClass: FindingClass? = nil, reason: String, until: String? = nil) {
        self.type = type
        self.address = address
        self.attribute = attribute
        self.findingClass = findingClass
        self.reason = reason
        self.until = until
    }
}
