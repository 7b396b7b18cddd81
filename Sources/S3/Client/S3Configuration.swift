public import AWSEndpoints
public import HTTPTransport

/// Where the buckets are and how to talk to them.
public struct S3Configuration: Sendable {
    /// The configured region. The bucket's own is learnt from the server's redirect when it is another one.
    public var region: String?
    /// A server other than AWS: `http://127.0.0.1:8333`.
    public var endpoint: String?
    public var addressingStyle = S3EndpointParameters.AddressingStyle.automatic
    public var useFIPS = false
    public var useDualStack = false
    public var accelerate = false
    /// Whether an access point ARN may name another region. Unset means yes.
    public var useARNRegion: Bool?

    /// The account that must own the bucket: any other answer than 403 comes from a bucket of that account.
    public var expectedBucketOwner: String?
    /// Agrees to pay for requests to buckets of others.
    public var requesterPays = false
    /// The key of objects encrypted with keys of the customer (SSE-C), for reads and writes.
    public var customerKey: S3CustomerKey?

    public var retry = S3RetryPolicy()
    /// Bounds of one request. `maxBodyBytes` is the largest object that is read.
    public var limits = HTTPLimits()
    /// The longest that one object may take, retries included: against servers that drip bytes.
    public var objectDeadline: Duration = .seconds(3600)
    public var trust = TLSTrust.system
    /// Overrides the transport's rule on `http://` beyond this machine.
    public var plaintextPolicy: PlaintextPolicy?

    /// Defaults for everything but the place.
    public init(region: String?, endpoint: String? = nil) {
        (self.region, self.endpoint) = (region, endpoint)
    }
}
