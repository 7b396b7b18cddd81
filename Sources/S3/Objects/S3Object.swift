public import Cryptography

/// An object, or the part of it that was asked for, whose body agrees with everything that is known of it.
public struct S3Object<Body: ObjectBody>: Sendable {
    public var head: S3ObjectHead
    /// The body, byte for byte as stored: a `Content-Encoding` is not undone.
    public var bytes: Body
    /// Of ``bytes``.
    public var sha256: SHA256Digest
    /// What the body was held against.
    public var evidence: S3BodyEvidence
}
