/// What proves that a body is the object: the length always, and what the server gave beside it.
public struct S3BodyEvidence: Hashable, Sendable {
    /// Checksums of the whole object that were computed and found equal.
    public var checksums: Set<S3ChecksumAlgorithm> = []
    /// The ETag was an MD5, or `Content-MD5` was given, and it is equal.
    public var md5 = false
    /// The size in the listing (or given by the caller) is equal.
    public var expectedSize = false

    /// Whether a digest of the content was compared, not only a length.
    public var isByContent: Bool { md5 || !checksums.isEmpty }
}
