/// Everything that decides where S3 requests for one bucket go. The names follow AWS's endpoint rules.
public struct S3EndpointParameters: Hashable, Sendable {
    /// How the bucket is named in the URL.
    public enum AddressingStyle: String, Hashable, Sendable {
        /// In the host where the name and the server allow it; in the path for IP addresses and `localhost`.
        case automatic = "auto"
        /// Always in the path.
        case path
        /// In the host, also below `localhost`.
        case virtual
    }

    /// The configured region; `aws-global` is the global endpoint.
    public var region: String?
    /// A bucket name or an access point ARN; nil for operations on no bucket (ListBuckets).
    public var bucket: String?
    /// A server of one's own choice instead of AWS's.
    public var endpoint: String?
    public var useFIPS = false
    public var useDualStack = false
    public var addressingStyle = AddressingStyle.automatic
    public var accelerate = false
    /// Sends us-east-1 to `s3.amazonaws.com`, as SDKs did of old.
    public var useGlobalEndpoint = false
    /// Whether an access point ARN may name another region than the configured one. Unset means yes.
    public var useARNRegion: Bool?
    /// False for operations that only make sense on a bucket.
    public var allowsAccessPoints = true

    /// Parameters with everything else at its default.
    public init(region: String?, bucket: String? = nil, endpoint: String? = nil) {
        (self.region, self.bucket, self.endpoint) = (region, bucket, endpoint)
    }
}
