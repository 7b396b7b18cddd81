internal import AWSEndpoints
internal import HTTPTransport

/// What a new object gets beside its bytes.
public struct S3ObjectAttributes: Hashable, Sendable {
    public var contentType: String?
    public var cacheControl: String?
    public var contentEncoding: String?
    /// `STANDARD_IA`, …
    public var storageClass: String?
    /// User metadata, names without `x-amz-meta-`. Printable ASCII.
    public var metadata: [String: String]
    public var tags: [String: String]
    public var encryption: S3WriteEncryption
    public var objectLock: S3ObjectLock?

    public init(
        contentType: String? = nil, metadata: [String: String] = [:], tags: [String: String] = [:],
        encryption: S3WriteEncryption = .bucketDefault, objectLock: S3ObjectLock? = nil
    ) {
        (self.contentType, self.metadata, self.tags) = (contentType, metadata, tags)
        (self.encryption, self.objectLock) = (encryption, objectLock)
    }

    func addHeaders(to headers: inout HTTPHeaders, customerKey: S3CustomerKey?) {
        if let contentType { headers["Content-Type"] = contentType }
        if let cacheControl { headers["Cache-Control"] = cacheControl }
        if let contentEncoding { headers["Content-Encoding"] = contentEncoding }
        if let storageClass { headers["x-amz-storage-class"] = storageClass }
        for (name, value) in metadata.sorted(by: { $0.key < $1.key }) { headers["x-amz-meta-\(name.lowercased())"] = value }
        if !tags.isEmpty { headers["x-amz-tagging"] = Self.query(tags) }
        encryption.addHeaders(to: &headers, customerKey: customerKey)
        objectLock?.addHeaders(to: &headers)
    }

    /// Tags as the header wants them: like a URL query.
    private static func query(_ tags: [String: String]) -> String {
        tags.sorted { $0.key < $1.key }.map { "\(PercentEncoding.encode($0.key))=\(PercentEncoding.encode($0.value))" }.joined(separator: "&")
    }
}
