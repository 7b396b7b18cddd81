public import Cryptography
public import StateJSON

/// The bytes that a reference led to, proven to be those of that version.
public struct StateBlob: Sendable {
    public enum Origin: String, Sendable, Hashable {
        case s3, vault, file
        case standardInput = "standard_input"
    }

    public var bytes: StateBytes
    /// The digest that the bytes were verified by; nil where there was nothing to verify.
    let verified: SHA256Digest?
    /// The reference in full: `SITE:KEY@id=VERSION`, the path, or `-`.
    public var reference: String
    public var site: String?
    public var key: String?
    /// Nil for files and standard input.
    public var entry: VersionEntry?
    public var origin: Origin
    public var notes: [String]

    /// Of bytes that came with no digest it is made here, each time: a tenth of a second for a large file, which not
    /// everybody needs.
    public var sha256: SHA256Digest { verified ?? bytes.withUnsafeBytes { SHA256.hash($0) } }
}
