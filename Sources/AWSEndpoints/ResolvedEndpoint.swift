/// Where to send a request, and for which region and service to sign it.
public struct ResolvedEndpoint: Hashable, Sendable {
    /// Scheme, host, port and path. The path holds the bucket when it is not in the host.
    public let url: EndpointURL
    /// The region of the signature.
    public let signingRegion: String
    /// The service of the signature.
    public let signingService: String

    /// An endpoint that was found by other means.
    public init(url: EndpointURL, signingRegion: String, signingService: String) {
        (self.url, self.signingRegion, self.signingService) = (url, signingRegion, signingService)
    }
}
