public import Cryptography

/// A write that is known to have been done.
public struct PutOutcome: Hashable, Sendable {
    /// How it is known.
    public enum Certainty: Hashable, Sendable {
        /// The server said so.
        case answered
        /// The answer was lost; the object was read back and is what was written.
        case readBack
    }

    /// Nil in a bucket without versioning.
    public var versionID: String?
    /// Without quotes.
    public var etag: String
    /// Of the bytes that were written.
    public var sha256: SHA256Digest
    public var certainty: Certainty
}
