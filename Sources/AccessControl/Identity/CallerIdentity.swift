internal import AWSEndpoints
public import AWSIdentity
public import AWSServices
public import HTTPTransport

/// Asks whose the credentials are.
public struct CallerIdentity: Sendable {
    private let service: ServiceClient

    public init(_ configuration: ServiceConfiguration, credentials: any CredentialProvider, http: any HTTPClient) {
        service = ServiceClient(.sts, configuration, credentials: credentials, http: http)
    }

    /// The account of the credentials; needs no permission.
    /// (https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html)
    ///
    /// - Throws: ``ServiceError``, or `CancellationError`.
    public func account() async throws -> String {
        let answer = try await service.send(.query("GetCallerIdentity", version: "2011-06-15"))
        guard let account = XMLFields(answer)?["GetCallerIdentityResult/Account"], !account.isEmpty else { throw service.unreadable("GetCallerIdentity") }
        return account
    }
}
