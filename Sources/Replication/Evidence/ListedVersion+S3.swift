internal import S3
internal import Vault

extension ListedVersion {
    init(_ version: S3ObjectVersion) {
        self.init(
            versionID: version.versionID, isLatest: version.isLatest, isDeleteMarker: version.isDeleteMarker, lastModified: version.lastModified,
            etag: version.etag, size: version.size, storageClass: version.storageClass)
    }
}
