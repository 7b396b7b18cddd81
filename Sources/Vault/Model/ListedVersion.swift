public import Timestamps

/// One version of a state's object, as S3's ListObjectVersions told it
/// (https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html).
public struct ListedVersion: Sendable, Hashable {
    /// `null` for objects from before versioning, else opaque.
    public var versionID: String
    public var isLatest: Bool
    public var isDeleteMarker: Bool
    public var lastModified: Timestamp
    /// Without quotes; empty for a delete marker.
    public var etag: String
    /// Bytes; 0 for a delete marker.
    public var size: Int64
    public var storageClass: String?

    public init(versionID: String, isLatest: Bool, isDeleteMarker: Bool, lastModified: Timestamp, etag: String, size: Int64, storageClass: String?) {
        self.versionID = versionID
        self.isLatest = isLatest
        self.isDeleteMarker = isDeleteMarker
        self.lastModified = lastModified
        self.etag = etag
        self.size = size
        self.storageClass = storageClass
    }

    /// What makes it the same version at another run. The id alone does not: `null` versions are overwritten, and an id
    /// that comes back with another ETag or size is damage.
    var identity: VersionIdentity {
        VersionIdentity(versionID: versionID, etag: etag, size: size, isDeleteMarker: isDeleteMarker)
    }
}

struct VersionIdentity: Hashable, Sendable {
    var versionID: String
    var etag: String
    var size: Int64
    var isDeleteMarker: Bool

    static func == (left: Self, right: Self) -> Bool {
        left.size == right.size && left.isDeleteMarker == right.isDeleteMarker && left.versionID.utf8.elementsEqual(right.versionID.utf8)
            && left.etag.utf8.elementsEqual(right.etag.utf8)
    }

    func hash(into hasher: inout Hasher) {
        hashBytes(of: versionID, into: &hasher)
        hashBytes(of: etag, into: &hasher)
        hasher.combine(size)
    }
}
