/// What is already known of an object before it is read: its body must agree.
public struct S3Expectation: Hashable, Sendable {
    /// Bytes of the whole object.
    public var size: Int64?
    /// Without quotes.
    public var etag: String?
    public var checksum: S3Checksum?

    /// Nothing is known unless given. An empty ETag counts as not given.
    public init(size: Int64? = nil, etag: String? = nil, checksum: S3Checksum? = nil) {
        self.size = size
        self.etag = etag.flatMap { $0.isEmpty ? nil : $0 }
        self.checksum = checksum
    }
}
