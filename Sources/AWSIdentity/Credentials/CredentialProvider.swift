/// Where a client asks for credentials before it signs.
///
/// Clients ask at every attempt: a provider answers from memory while the keys are fresh and fetches new ones before
/// they end (see ``CachedCredentials``).
public protocol CredentialProvider: Sendable {
    /// The credentials to sign with now.
    ///
    /// - Throws: ``CredentialChainError`` from the default chain, ``CredentialSourceError`` from a single source.
    func credentials() async throws -> AWSCredentials

    /// Tells the provider that AWS refused these credentials (`ExpiredToken`, `InvalidAccessKeyId`…), so that the
    /// next call fetches new ones. Does nothing when the provider already holds other ones.
    func invalidate(_ refused: AWSCredentials) async
}

extension CredentialProvider {
    public func invalidate(_ refused: AWSCredentials) async {}
}

/// Credentials given once and for all.
public struct StaticCredentials: CredentialProvider {
    private let value: AWSCredentials

    public init(_ value: AWSCredentials) { self.value = value }

    public func credentials() async throws -> AWSCredentials { value }
}
