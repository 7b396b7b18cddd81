/// How to reach and to be allowed into a bucket: shared by sites and by vaults on S3.
///
/// Names and meanings follow Terraform's S3 backend
/// (https://developer.hashicorp.com/terraform/language/backend/s3) and the AWS SDKs.
public struct S3AccessSettings: Sendable, Equatable {
    public var region: String?
    public var endpoints: ServiceEndpoints
    public var usePathStyle: Bool?
    public var useDualStack: Bool?
    public var useFIPS: Bool?
    public var profile: String?
    /// Files that replace `~/.aws/config`; nil means the SDKs' default.
    public var sharedConfigFile: String?
    /// File that replaces `~/.aws/credentials`; nil means the SDKs' default.
    public var sharedCredentialsFile: String?
    public var assumeRole: AssumedRole?
    /// Twelve digits; requests fail when the bucket belongs to someone else.
    public var expectedBucketOwner: String?
    /// Says that the caller pays for requests to a requester-pays bucket.
    public var requesterPays: Bool
    /// PEM file of the certificate authorities to trust instead of the system's.
    public var caBundle: String?
    public var httpProxy: String?
    public var httpsProxy: String?
    public var noProxy: String?
    /// Attempts per request, the first included.
    public var maxAttempts: Int?
    /// Requests in flight at once.
    public var parallel: Int?
    /// Permits credentials over `http://` to a host that is not loopback.
    public var allowHTTP: Bool

    public init(
        region: String? = nil, endpoints: ServiceEndpoints = ServiceEndpoints(), usePathStyle: Bool? = nil, useDualStack: Bool? = nil,
        useFIPS: Bool? = nil, profile: String? = nil, sharedConfigFile: String? = nil, sharedCredentialsFile: String? = nil,
        assumeRole: AssumedRole? = nil, expectedBucketOwner: String? = nil, requesterPays: Bool = false, caBundle: String? = nil,
        httpProxy: String? = nil, httpsProxy: String? = nil, noProxy: String? = nil, maxAttempts: Int? = nil, parallel: Int? = nil,
        allowHTTP: Bool = false
    ) {
        self.region = region
        self.endpoints = endpoints
        self.usePathStyle = usePathStyle
        self.useDualStack = useDualStack
        self.useFIPS = useFIPS
        self.profile = profile
        self.sharedConfigFile = sharedConfigFile
        self.sharedCredentialsFile = sharedCredentialsFile
        self.assumeRole = assumeRole
        self.expectedBucketOwner = expectedBucketOwner
        self.requesterPays = requesterPays
        self.caBundle = caBundle
        self.httpProxy = httpProxy
        self.httpsProxy = httpsProxy
        self.noProxy = noProxy
        self.maxAttempts = maxAttempts
        self.parallel = parallel
        self.allowHTTP = allowHTTP
    }
}
