/// A role to take on before touching a bucket: `role_arn` and its companions, or Terraform's `assume_role` block.
public struct AssumedRole: Sendable, Equatable {
    public var roleARN: String
    public var externalID: String?
    /// Shows up in CloudTrail; nil lets the identity module choose.
    public var sessionName: String?
    /// How long the role's credentials live. AWS allows 15 minutes to 12 hours.
    public var duration: Duration?

    public init(roleARN: String, externalID: String? = nil, sessionName: String? = nil, duration: Duration? = nil) {
        self.roleARN = roleARN
        self.externalID = externalID
        self.sessionName = sessionName
        self.duration = duration
    }
}
