public import Timestamps

/// One version of one object, or a delete marker, as a listing tells it.
public struct S3ObjectVersion: Hashable, Sendable {
    /// The key, byte for byte as S3 has it (never normalised: `é` composed and decomposed are two keys).
    public var key: String
    /// Opaque. `null` for a version made without versioning.
    public var versionID: String
    /// Whether a GET without version answers with this one.
    public var isLatest: Bool
    public var isDeleteMarker: Bool
    /// AWS gives whole seconds: never order versions by it, their order in the listing is the truth.
    public var lastModified: Timestamp
    /// Without quotes; empty for delete markers.
    public var etag: String
    /// Bytes; 0 for delete markers.
    public var size: Int64
    /// `STANDARD`, `GLACIER`, …; nil when the server does not say.
    public var storageClass: String?
    /// Which checksums the server keeps: a name, not a value.
    public var checksumAlgorithms: [S3ChecksumAlgorithm]

    /// A version put together by hand.
    public init(
        key: String, versionID: String, isLatest: Bool, isDeleteMarker: Bool = false, lastModified: Timestamp, etag: String,
        size: Int64, storageClass: String? = nil, checksumAlgorithms: [S3ChecksumAlgorithm] = []
    ) {
        (self.key, self.versionID, self.isLatest, self.isDeleteMarker) = (key, versionID, isLatest, isDeleteMarker)
        (self.lastModified, self.etag, self.size) = (lastModified, etag, size)
        (self.storageClass, self.checksumAlgorithms) = (storageClass, checksumAlgorithms)
    }

    /// What a download of this version must agree with.
    public var expectation: S3Expectation { S3Expectation(size: size, etag: etag) }
}

extension S3ObjectVersion {
    /// Byte by byte in keys and ids: Swift's own comparison of text takes a composed and a decomposed `é` for the same.
    public static func == (left: S3ObjectVersion, right: S3ObjectVersion) -> Bool {
        left.key.hasSameBytes(as: right.key) && left.versionID.hasSameBytes(as: right.versionID)
            && (left.isLatest, left.isDeleteMarker, left.lastModified, left.etag, left.size) == (right.isLatest, right.isDeleteMarker, right.lastModified, right.etag, right.size)
            && left.storageClass == right.storageClass && left.checksumAlgorithms == right.checksumAlgorithms
    }

    public func hash(into hasher: inout Hasher) {
        for byte in key.utf8 { hasher.combine(byte) }
        hasher.combine(versionID)
    }
}
