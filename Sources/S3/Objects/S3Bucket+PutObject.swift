internal import Cryptography
internal import HTTPTransport
internal import Timestamps

extension S3Bucket {
    /// Writes an object (https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html).
    ///
    /// The server gets a checksum and must store what was sent or refuse. When an answer is lost (timeout, reset, a
    /// gateway's 5xx), or a condition fails after such a loss, the object is read back to decide whether the write was
    /// done: it is never reported as failed when it was done, nor repeated blindly under a condition.
    /// - Parameters:
    ///   - checksum: sent with the bytes and checked by the server; SHA-256 costs nothing, the signature needs it.
    ///   - sendsContentMD5: for servers that know only that.
    /// - Throws: ``S3Error``: `preconditionFailed` when the condition does not hold, `conflict` when other writes kept
    ///   coming in between.
    public func putObject(
        key: String, _ bytes: [UInt8], conditions: S3Conditions = .none, attributes: S3ObjectAttributes = S3ObjectAttributes(),
        checksum: S3ChecksumAlgorithm? = .sha256, sendsContentMD5: Bool = false
    ) async throws -> PutOutcome {
        let digest = SHA256.hash(bytes)
        var request = S3Request("PutObject", method: "PUT", key: key)
        request.body = bytes
        request.bodyDigest = digest
        request.repeatsConflicts = true
        conditions.addHeaders(to: &request.headers)
        attributes.addHeaders(to: &request.headers, customerKey: client.configuration.customerKey)
        if let checksum {
            let value = checksum == .sha256 ? digest.bytes : bytes.withUnsafeBytes { checksum.checksum(of: $0) }
            request.headers[checksum.headerName] = Base64.encode(value)
            request.headers["x-amz-sdk-checksum-algorithm"] = checksum.rawValue
        }
        if sendsContentMD5 { request.headers["Content-MD5"] = Base64.encode(MD5.hash(bytes)) }

        let exchange = S3Exchange(client: client, bucket: name, request: request)
        var lost = LostWrite(bucket: self, key: key, bytes: bytes, digest: digest, isConditional: !conditions.isNone, start: client.clock.now())
        return try await exchange.run(settle: { try await lost.settle($0) }) { answer throws(S3Error) in
            let head = S3ObjectHead(answer.headers)
            let echoed = head.checksums.first { $0.algorithm == .sha256 }
            if let echoed, echoed != S3Checksum(digest) {
                throw answer.failure(.damagedBody, "DamagedBody", "the server stored other bytes than were sent")
            }
            return PutOutcome(versionID: head.versionID, etag: head.etag, sha256: digest, certainty: .answered)
        }
    }
}
