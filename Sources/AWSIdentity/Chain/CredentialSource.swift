/// One place where credentials may come from.
protocol CredentialSource: Sendable {
    /// For messages: `environment`, `profile dev`.
    var name: String { get }

    /// Credentials, or ``CredentialSourceError`` (or `CancellationError`).
    func fetch() async throws -> AWSCredentials
}

extension CredentialSource {
    func failure(_ reason: CredentialSourceError.Reason) -> CredentialSourceError {
        CredentialSourceError(source: name, reason: reason)
    }
}
