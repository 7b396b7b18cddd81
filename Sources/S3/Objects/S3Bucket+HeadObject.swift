internal import HTTPTransport

extension S3Bucket {
    /// What an object or a version of it is, without its body; checksums included where the server keeps any
    /// (https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html).
    /// - Throws: ``S3Error``. HEAD answers have no body, so the kind comes from the status alone: 403 also stands for an
    ///   object that is not there when listing is not allowed.
    public func headObject(key: String, versionID: String? = nil) async throws -> S3ObjectHead {
        var request = S3Request("HeadObject", method: "HEAD", key: key, versionID: versionID)
        request.headers["x-amz-checksum-mode"] = "ENABLED"
        client.configuration.customerKey?.addHeaders(to: &request.headers)
        let exchange = S3Exchange(client: client, bucket: name, request: request)
        return try await run(request) { answer throws(S3Error) in
            let head = S3ObjectHead(answer.headers)
            if let complaint = exchange.identityComplaint(head, S3Expectation()) {
                throw answer.failure(.unreadableAnswer, "UnreadableAnswer", complaint)
            }
            return head
        }
    }
}
