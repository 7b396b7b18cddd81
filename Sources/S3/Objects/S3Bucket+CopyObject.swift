internal import AWSEndpoints
internal import HTTPTransport

/// A copy that was made on the server.
public struct S3CopyOutcome: Hashable, Sendable {
    /// The new version; nil in a bucket without versioning, and on servers that do not say.
    public var versionID: String?
    /// The version that was copied, where the server says.
    public var sourceVersionID: String?
    /// Of the copy, without quotes.
    public var etag: String
}

extension S3Bucket {
    /// Copies an object or one of its versions inside the server, up to 5 GB
    /// (https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html). Metadata and tags go along.
    /// - Parameters:
    ///   - sourceBucket: this bucket when nil.
    ///   - sourceETag: the source must have it, without quotes.
    ///   - conditions: for what is at `key` now.
    public func copyObject(
        from sourceKey: String, versionID: String? = nil, sourceBucket: String? = nil, sourceETag: String? = nil, to key: String,
        conditions: S3Conditions = .none, encryption: S3WriteEncryption = .bucketDefault
    ) async throws -> S3CopyOutcome {
        var request = S3Request("CopyObject", method: "PUT", key: key)
        var source = "\(PercentEncoding.encodePath(sourceBucket ?? name))/\(PercentEncoding.encodePath(sourceKey))"
        if let versionID { source += "?versionId=\(PercentEncoding.encode(versionID))" }
        request.headers["x-amz-copy-source"] = source
        if let sourceETag { request.headers["x-amz-copy-source-if-match"] = "\"\(sourceETag)\"" }
        if let owner = client.configuration.expectedBucketOwner, sourceBucket == nil { request.headers["x-amz-source-expected-bucket-owner"] = owner }
        client.configuration.customerKey?.addHeaders(to: &request.headers, forCopySource: true)
        conditions.addHeaders(to: &request.headers)
        encryption.addHeaders(to: &request.headers, customerKey: client.configuration.customerKey)
        request.repeatsConflicts = true
        return try await run(request) { answer throws(S3Error) in
            let result = try answer.xml()
            guard result.name == "CopyObjectResult", let etag = result.value("ETag") else {
                throw answer.failure(.unreadableAnswer, "UnreadableAnswer", "the answer says nothing of the copy")
            }
            return S3CopyOutcome(versionID: answer.header("x-amz-version-id"), sourceVersionID: answer.header("x-amz-copy-source-version-id"), etag: unquoted(etag))
        }
    }
}
