public import AWSIdentity
public import HTTPTransport

/// S3 as tfguard needs it: listing versions, reading objects that are verified, careful writes, bucket settings.
///
/// A value: copies share what was learnt (bucket regions, the server's clock, the retry quota).
public struct S3Client: Sendable {
    public let configuration: S3Configuration
    /// Nil sends requests unsigned, for public buckets.
    let credentials: (any CredentialProvider)?
    let http: any HTTPClient
    let clock: S3Clock
    let session = S3Session()

    /// - Parameters:
    ///   - credentials: asked before every request; nil sends requests unsigned.
    ///   - clock: time and chance; tests pass their own.
    public init(
        _ configuration: S3Configuration, credentials: (any CredentialProvider)?, http: any HTTPClient, clock: S3Clock = .system
    ) {
        (self.configuration, self.credentials, self.http, self.clock) = (configuration, credentials, http, clock)
    }

    /// A bucket by name, or by the ARN of an access point. Nothing is sent yet.
    public func bucket(_ name: String) -> S3Bucket { S3Bucket(client: self, name: name) }
}
