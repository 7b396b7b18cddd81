internal import HTTPTransport
public import Timestamps

/// What the headers say of an object or of one of its versions
/// (https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html).
public struct S3ObjectHead: Hashable, Sendable {
    /// Nil when the bucket never had versioning.
    public var versionID: String?
    /// Without quotes; empty when the server gave none.
    public var etag: String
    /// Bytes of the whole object, also for an answer with a part of it.
    public var size: Int64
    public var lastModified: Timestamp?
    public var contentType: String?
    public var contentEncoding: String?
    public var cacheControl: String?
    /// Nil means `STANDARD`.
    public var storageClass: String?
    /// Checksums of the whole object that the server keeps.
    public var checksums: [S3Checksum]
    public var encryption: S3Encryption?
    public var replicationStatus: S3ReplicationStatus?
    /// Names in lower case, without `x-amz-meta-`.
    public var metadata: [String: String]
    public var objectLock: S3ObjectLock
    public var tagCount: Int
    /// `ongoing-request="false", …` of an object that was restored from an archive.
    public var restore: String?

    /// Reads an answer of GetObject or HeadObject.
    init(_ headers: HTTPHeaders) {
        func text(_ name: String) -> String? { headers[name].flatMap { $0.isEmpty ? nil : $0 } }
        versionID = text("x-amz-version-id")
        etag = unquoted(text("etag") ?? "")
        size = text("content-range").flatMap { ContentRange($0)?.total } ?? text("content-length").flatMap { Int64($0) } ?? 0
        lastModified = text("last-modified").flatMap { Timestamp(httpDate: $0) }
        contentType = text("content-type")
        contentEncoding = text("content-encoding")
        cacheControl = text("cache-control")
        storageClass = text("x-amz-storage-class")
        checksums = S3ChecksumAlgorithm.allCases.compactMap { algorithm in
            text(algorithm.headerName).flatMap { S3Checksum(algorithm, header: $0) }
        }
        if text("x-amz-checksum-type") == "COMPOSITE" { checksums = [] }
        encryption = S3Encryption(headers)
        replicationStatus = text("x-amz-replication-status").map { S3ReplicationStatus(wire: $0) }
        metadata = [:]
        for field in headers {
            let name = field.name.lowercased()
            if name.hasPrefix("x-amz-meta-") { metadata[String(name.dropFirst(11))] = field.value }
        }
        objectLock = S3ObjectLock(headers)
        tagCount = text("x-amz-tagging-count").flatMap { Int($0) } ?? 0
        restore = text("x-amz-restore")
    }
}
