public import Timestamps

/// A bucket of the account.
public struct S3ListedBucket: Hashable, Sendable {
    public var name: String
    public var created: Timestamp?
    /// Where the server says it.
    public var region: String?
}

extension S3Client {
    /// The buckets of the account, those that the identity in use may know of
    /// (https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html).
    public func buckets() async throws -> [S3ListedBucket] {
        var buckets: [S3ListedBucket] = []
        var token: String?
        repeat {
            var request = S3Request("ListBuckets")
            request.isBucketless = true
            request.allowsAccessPoints = false
            request.addQuery("continuation-token", token)
            let root = try await S3Exchange(client: self, bucket: "", request: request).run { answer throws(S3Error) in try answer.xml() }
            buckets += (root["Buckets"]?.all("Bucket") ?? []).map { bucket in
                S3ListedBucket(
                    name: bucket.value("Name") ?? "", created: bucket.value("CreationDate").flatMap { Timestamp(rfc3339: $0) },
                    region: bucket.value("BucketRegion"))
            }
            let next = root.value("ContinuationToken")
            // A token that repeats would go round for ever.
            token = next == token ? nil : next
        } while token != nil
        return buckets
    }
}
