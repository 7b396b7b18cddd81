public import Cryptography
public import Timestamps

/// A version of a state as the vault remembers it.
public struct VaultVersion: Sendable, Hashable {
    public var state: StateID
    /// What the last run that saw it was told by S3.
    public var listed: ListedVersion
    /// False when S3 no longer had it at the last run over its site; the vault keeps it.
    public var isListed: Bool
    /// When the vault first saw it.
    public var firstSeen: Timestamp
    /// SHA-256 of the bytes; nil when the vault does not have them.
    public var sha256: SHA256Digest?
    public var summary: StateSummary?
    /// Why the bytes could not be had; nil when they are here or when there are none (delete marker).
    public var problem: VersionProblem?
    /// The manifest of its bytes.
    var content: PieceRef?

    /// Whether its bytes can be read from the vault.
    public var isInVault: Bool { content != nil }
}
