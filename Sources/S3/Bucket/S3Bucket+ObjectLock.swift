internal import Timestamps

/// Whether and how a bucket protects new versions
/// (https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectLockConfiguration.html).
public struct S3BucketObjectLock: Hashable, Sendable {
    /// The mode of the default retention; nil when there is none.
    public var defaultMode: S3ObjectLock.Mode?
    /// One of both is set with a default retention.
    public var defaultDays: Int?
    public var defaultYears: Int?
}

extension S3Bucket {
    /// The object lock of the bucket; `notSet` when it was not turned on.
    public func objectLock() async throws -> S3Setting<S3BucketObjectLock> {
        try await setting(settingRequest("GetObjectLockConfiguration", "object-lock")) { root in
            guard root.value("ObjectLockEnabled") == "Enabled" else { return nil }
            let retention = root["Rule"]?["DefaultRetention"]
            return S3BucketObjectLock(
                defaultMode: retention?.value("Mode").flatMap { S3ObjectLock.Mode(rawValue: $0) },
                defaultDays: retention?.value("Days").flatMap { Int($0) }, defaultYears: retention?.value("Years").flatMap { Int($0) })
        }
    }

    /// The retention of one version.
    public func objectRetention(key: String, versionID: String? = nil) async throws -> S3Setting<S3ObjectLock> {
        var request = S3Request("GetObjectRetention", key: key, versionID: versionID)
        request.query = [("retention", "")]
        return try await setting(request) { root in
            guard let mode = root.value("Mode").flatMap({ S3ObjectLock.Mode(rawValue: $0) }) else { return nil }
            return S3ObjectLock(mode: mode, retainUntil: root.value("RetainUntilDate").flatMap { Timestamp(rfc3339: $0) })
        }
    }
}
