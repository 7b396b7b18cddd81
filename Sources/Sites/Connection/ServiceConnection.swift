public import AWSIdentity
public import HTTPTransport

/// How to reach another service of a site's account.
public struct ServiceConnection: Sendable {
    public let region: String
    /// A server other than AWS.
    public let endpoint: String?
    public let credentials: any CredentialProvider
    public let http: any HTTPClient
    public let trust: TLSTrust
    public let useFIPS: Bool
    public let useDualStack: Bool
}
