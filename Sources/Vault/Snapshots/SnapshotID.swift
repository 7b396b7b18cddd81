public import Cryptography

/// The id of a snapshot: the SHA-256 of its record.
public struct SnapshotID: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let digest: SHA256Digest

    public init(_ digest: SHA256Digest) {
        self.digest = digest
    }

    /// 64 hexadecimal digits.
    public var hex: String { digest.hex }
    /// The first 12 digits, for people.
    public var short: String { String(digest.hex.prefix(12)) }
    public var description: String { short }

    public static func < (left: Self, right: Self) -> Bool { left.digest < right.digest }
}
