public import Cryptography
public import Timestamps
internal import S3
internal import Vault

/// One version of a state, as S3 and the vault together know it.
public struct VersionEntry: Sendable, Hashable {
    public var versionID: String
    public var isLatest: Bool
    public var isDeleteMarker: Bool
    public var lastModified: Timestamp
    /// Bytes; 0 for delete markers.
    public var size: Int64
    /// Without quotes; empty for delete markers.
    public var etag: String
    public var storageClass: String?
    /// Whether S3 has it: now, or, when S3 did not answer, at the last snapshot.
    public var isListed: Bool
    /// Whether its bytes can be read from the vault.
    public var isInVault: Bool
    /// Nil as long as nobody has fetched the bytes; so are all that follow.
    public var sha256: SHA256Digest?
    public var serial: UInt64?
    public var lineage: String?
    public var terraformVersion: String?
    public var resourceCount: Int?
    public var instanceCount: Int?
    /// `StateForm.code`: `state`, `truncated`, `html`, ….
    public var form: String?
    /// The doctor's first opinion of the bytes alone: `ok`, `suspect`, `invalid`, `unreadable`, `repairable`, `encrypted`, `unsupported`.
    public var verdict: String?
    /// Why the bytes could not be had.
    public var problem: String?
    /// `PENDING`, `COMPLETED`, `FAILED`, `REPLICA`; nil when not asked for, or when no rule applied.
    public var replicationStatus: String?

    init(_ version: S3ObjectVersion) {
        self.init(ListedVersion(version), isListed: true)
    }

    init(_ version: VaultVersion) {
        self.init(version.listed, isListed: version.isListed)
        learn(from: version)
    }

    private init(_ listed: ListedVersion, isListed: Bool) {
        versionID = listed.versionID
        isLatest = listed.isLatest
        isDeleteMarker = listed.isDeleteMarker
        lastModified = listed.lastModified
        size = listed.size
        etag = listed.etag
        storageClass = listed.storageClass
        self.isListed = isListed
        isInVault = false
    }

    /// Takes over what the vault knows of the same version.
    mutating func learn(from version: VaultVersion) {
        isInVault = version.isInVault
        sha256 = version.sha256
        problem = version.problem?.message
        if let summary = version.summary { learn(from: summary) }
    }

    /// Takes over what the bytes turned out to be.
    mutating func learn(from summary: Vault.StateSummary) {
        serial = summary.serial
        lineage = summary.lineage
        terraformVersion = summary.terraformVersion
        resourceCount = summary.resourceCount
        instanceCount = summary.instanceCount
        form = summary.form
        verdict = summary.verdict
        problem = nil
    }

    /// What tells two versions apart: `null` versions are overwritten, so the id alone does not.
    var identity: Identity { Identity(versionID: versionID, etag: etag, size: size, isDeleteMarker: isDeleteMarker, lastModified: versionID == "null" && isDeleteMarker ? lastModified : nil) }

    struct Identity: Hashable {
        var versionID: String
        var etag: String
        var size: Int64
        var isDeleteMarker: Bool
        var lastModified: Timestamp?
    }
}
