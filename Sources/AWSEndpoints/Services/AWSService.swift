/// The AWS services that tfguard talks to.
public enum AWSService: String, Hashable, Sendable, CaseIterable {
    case s3, sts, kms, dynamodb, iam
    /// The portal that gives role credentials for an SSO token.
    case sso
    /// The issuer of SSO tokens.
    case ssoOIDC = "sso_oidc"

    /// What `[services]` sections and `AWS_ENDPOINT_URL_…` variables call it, lower case with underscores.
    public var configurationName: String { rawValue }

    /// What a signature calls it.
    public var signingName: String {
        switch self {
        case .s3, .sts, .kms, .dynamodb, .iam: rawValue
        case .sso: "awsssoportal"
        case .ssoOIDC: "sso-oauth"
        }
    }
}
