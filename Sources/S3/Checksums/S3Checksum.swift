public import Cryptography

/// A checksum of a whole object, as S3 keeps it beside the object.
public struct S3Checksum: Hashable, Sendable, CustomStringConvertible {
    public let algorithm: S3ChecksumAlgorithm
    /// The raw value, big-endian.
    public let value: [UInt8]

    /// A checksum computed elsewhere; nil when the value has not the algorithm's length.
    public init?(_ algorithm: S3ChecksumAlgorithm, value: [UInt8]) {
        guard value.count == algorithm.length else { return nil }
        (self.algorithm, self.value) = (algorithm, value)
    }

    /// The SHA-256 of a body as a checksum.
    public init(_ digest: SHA256Digest) {
        (algorithm, value) = (.sha256, digest.bytes)
    }

    /// A header's value. Nil for values that are not of the whole object (`…-3`, composites of multipart parts) and
    /// for what is not base 64 of the right length.
    init?(_ algorithm: S3ChecksumAlgorithm, header: String) {
        guard !header.contains("-"), let value = Base64.decode(header), value.count == algorithm.length else { return nil }
        (self.algorithm, self.value) = (algorithm, value)
    }

    /// The value as headers carry it.
    public var base64: String { Base64.encode(value) }

    public var description: String { "\(algorithm.rawValue) \(base64)" }
}
