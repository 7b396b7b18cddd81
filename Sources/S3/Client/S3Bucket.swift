/// One bucket: what can be asked of it is in the extensions (listing, objects, settings).
///
/// Every operation throws ``S3Error``, or `CancellationError` when the task is cancelled.
public struct S3Bucket: Sendable {
    let client: S3Client
    /// The name, or the ARN of an access point.
    public let name: String

    /// The region that requests to this bucket are signed for now: the learnt one, else the configured one.
    public var region: String? { client.session.region(of: name) ?? client.configuration.region }

    /// Whether it is AWS that answers, and no other server at an endpoint of its own.
    public var isOnAWS: Bool { client.configuration.endpoint == nil }

    func run<Answer>(
        _ request: S3Request, read: @escaping (S3Answer) async throws(S3Error) -> Answer
    ) async throws -> Answer {
        try await S3Exchange(client: client, bucket: name, request: request).run(read)
    }
}
