internal import Cryptography
internal import HTTPTransport
internal import Timestamps

/// A write whose answer may be lost: decides by reading back whether it was done.
struct LostWrite {
    let bucket: S3Bucket
    let key: String
    let bytes: [UInt8]
    let digest: SHA256Digest
    let isConditional: Bool
    /// When the first request was sent, by our clock.
    let start: Timestamp
    private var mayBeDone = false

    init(bucket: S3Bucket, key: String, bytes: [UInt8], digest: SHA256Digest, isConditional: Bool, start: Timestamp) {
        (self.bucket, self.key, self.bytes, self.digest) = (bucket, key, bytes, digest)
        (self.isConditional, self.start) = (isConditional, start)
    }

    /// The outcome when the write turns out to be done; nil when it was not, and may be sent again.
    /// - Throws: the error itself when it cannot be told and sending again could do harm.
    mutating func settle(_ error: S3Error) async throws -> PutOutcome? {
        if error.leavesWriteOpen { mayBeDone = true }
        guard mayBeDone, error.leavesWriteOpen || error.kind == .preconditionFailed || error.kind == .conflict else { return nil }
        do {
            return try await readBack()
        } catch let failure as S3Error where failure.kind == .noSuchKey || failure.kind == .deleteMarker {
            return nil
        } catch let failure as S3Error {
            guard isConditional else { return nil }
            var open = error
            open.message += " (whether the write was done is not known: reading back failed with \(failure.code))"
            throw open
        }
    }

    private func readBack() async throws -> PutOutcome? {
        var request = S3Request("HeadObject", method: "HEAD", key: key)
        request.headers["x-amz-checksum-mode"] = "ENABLED"
        bucket.client.configuration.customerKey?.addHeaders(to: &request.headers)
        let answer = try await bucket.run(request) { answer throws(S3Error) in answer }
        let head = S3ObjectHead(answer.headers)
        guard head.size == Int64(bytes.count), isRecent(head, answer.headers) else { return nil }
        guard try await hasSameContent(head) else { return nil }
        return PutOutcome(versionID: head.versionID, etag: head.etag, sha256: digest, certainty: .readBack)
    }

    /// Whether the object is not older than our first request, by the server's own clock. Its times have whole seconds.
    private func isRecent(_ head: S3ObjectHead, _ headers: HTTPHeaders) -> Bool {
        guard let modified = head.lastModified, let serverNow = headers["date"].flatMap({ Timestamp(httpDate: $0) }) else { return true }
        let elapsed = bucket.client.clock.now() - start
        return modified + .seconds(2) >= serverNow - elapsed
    }

    private func hasSameContent(_ head: S3ObjectHead) async throws -> Bool {
        if let checksum = head.checksums.first {
            return bytes.withUnsafeBytes { checksum.algorithm.checksum(of: $0) } == checksum.value
        }
        if S3Encryption.etagIsMD5(head.encryption), head.etag.utf8.count == 32, let md5 = Hex.decode(head.etag) { return MD5.hash(bytes) == md5 }
        return try await bucket.getObject(key: key, versionID: head.versionID).sha256 == digest
    }
}

extension S3Error {
    /// Whether the server may have done what it was asked, though it did not say so.
    var leavesWriteOpen: Bool {
        switch kind {
        case .serverFault, .deadline, .unreadableAnswer: return true
        case .transport:
            guard let cause = cause as? TransportError else { return true }
            switch cause.code {
            case .resolve, .connect, .proxy, .tls, .timeout(.connect): return false
            default: return true
            }
        default: return false
        }
    }
}
