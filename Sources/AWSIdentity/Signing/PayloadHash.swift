public import Cryptography

/// What the signature says about the body: the last line of the canonical request, and the value of
/// `x-amz-content-sha256` (Amazon S3 API reference, "Signature Calculations for the Authorization Header").
public enum PayloadHash: Sendable, Hashable {
    /// The SHA-256 of the whole body.
    case digest(SHA256Digest)
    /// There is no body.
    case empty
    /// The body is not covered by the signature: `UNSIGNED-PAYLOAD`. Only over TLS, or in a presigned URL.
    case unsigned
    /// The body comes in chunks, unsigned, with a checksum trailer: `STREAMING-UNSIGNED-PAYLOAD-TRAILER`.
    case streamingUnsignedTrailer

    /// The SHA-256 of `body`.
    public init(of body: [UInt8]) {
        self = body.isEmpty ? .empty : .digest(SHA256.hash(body))
    }

    /// The text that is signed and sent.
    public var text: String {
        switch self {
        case .digest(let digest): digest.hex
        case .empty: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        case .unsigned: "UNSIGNED-PAYLOAD"
        case .streamingUnsignedTrailer: "STREAMING-UNSIGNED-PAYLOAD-TRAILER"
        }
    }
}
