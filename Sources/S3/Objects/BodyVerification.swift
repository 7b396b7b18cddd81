internal import Cryptography
internal import HTTPTransport

/// Holds a finished body against everything that is known of it.
///
/// SHA-256 is computed for every body (a vault names content by it), so a SHA-256 given by the server costs nothing
/// more. The MD5 of the ETag is computed only where the ETag is one and no checksum of the whole object is there.
struct BodyVerification: Sendable {
    let headers: HTTPHeaders
    let head: S3ObjectHead
    let expectation: S3Expectation
    /// A part of the object was asked for: digests of the whole say nothing of it.
    let isPartial: Bool

    enum Outcome {
        case good(SHA256Digest, S3BodyEvidence)
        /// The body is not the object; the text says what contradicts it.
        case damaged(String)
    }

    func judge(_ body: UnsafeRawBufferPointer) -> Outcome {
        let sha256 = SHA256.hash(body)
        var evidence = S3BodyEvidence()
        if isPartial { return .good(sha256, evidence) }
        if let size = expectation.size {
            guard size == Int64(body.count) else { return .damaged("\(body.count) bytes came, the listing says \(size)") }
            evidence.expectedSize = true
        }
        for checksum in head.checksums + [expectation.checksum].compactMap({ $0 }) where !evidence.checksums.contains(checksum.algorithm) {
            let computed = checksum.algorithm == .sha256 ? sha256.bytes : checksum.algorithm.checksum(of: body)
            guard computed == checksum.value else { return .damaged("the \(checksum.algorithm.rawValue) of the \(body.count) bytes that came is not the object's") }
            evidence.checksums.insert(checksum.algorithm)
        }
        if let expected = md5(evidence) {
            guard MD5.hash(body) == expected else { return .damaged("the MD5 of the \(body.count) bytes that came is not the object's") }
            evidence.md5 = true
        }
        return .good(sha256, evidence)
    }

    /// The MD5 that the body must have, if one is known and nothing better was compared.
    private func md5(_ evidence: S3BodyEvidence) -> [UInt8]? {
        if let header = headers["content-md5"], let value = Base64.decode(header), value.count == 16 { return value }
        guard evidence.checksums.isEmpty, S3Encryption.etagIsMD5(head.encryption) else { return nil }
        // An ETag of a multipart upload ends in -N and is no MD5 of the content.
        guard head.etag.utf8.count == 32, let value = Hex.decode(head.etag) else { return nil }
        return value
    }
}
