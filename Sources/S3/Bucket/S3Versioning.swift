/// Whether a bucket keeps versions
/// (https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketVersioning.html).
public struct S3Versioning: Hashable, Sendable {
    public enum Status: String, Hashable, Sendable {
        case enabled = "Enabled"
        /// Was on once: old versions are kept, new writes overwrite the `null` version.
        case suspended = "Suspended"
        /// Never on: a write destroys what was there.
        case never = ""
    }

    public var status: Status
    /// Deleting a version needs a one-time code of the root account.
    public var needsMFAToDelete: Bool
}

extension S3Bucket {
    /// Whether the bucket keeps versions.
    public func versioning() async throws -> S3Setting<S3Versioning> {
        try await setting(settingRequest("GetBucketVersioning", "versioning")) { root in
            // The root's name differs between servers; what is inside does not.
            S3Versioning(
                status: S3Versioning.Status(rawValue: root.value("Status") ?? "") ?? .never,
                needsMFAToDelete: (root.value("MfaDelete") ?? root.value("MFADelete")) == "Enabled")
        }
    }
}
