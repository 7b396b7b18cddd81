public import Cryptography
public import StateJSON

/// The bytes that a reference led to, proven to be those of that version.
public struct StateBlob: Sendable {
    public enum Origin: String, Sendable, Hashable {
        case s3, vault, file
        case standardInput = "standard_input"
    }

    public var bytes: StateBytes
    public var sha256: SHA256Digest
    /// The reference in full: `SITE:KEY@id=VERSION`, the path, or `-`.
    public var reference: String
    public var site: String?
    public var key: String?
    /// Nil for files and standard input.
    public var entry: VersionEntry?
    public var origin: Origin
    public var notes: [String]
}
