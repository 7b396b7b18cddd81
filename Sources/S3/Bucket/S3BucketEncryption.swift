/// How a bucket encrypts objects that come without a wish of their own
/// (https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketEncryption.html).
public struct S3BucketEncryption: Hashable, Sendable {
    /// `AES256`, `aws:kms`, `aws:kms:dsse`.
    public var algorithm: String
    public var kmsKeyID: String?
    public var usesBucketKey: Bool
}

extension S3Bucket {
    /// The default encryption.
    public func encryption() async throws -> S3Setting<S3BucketEncryption> {
        try await setting(settingRequest("GetBucketEncryption", "encryption")) { root in
            guard let rule = root["Rule"], let byDefault = rule["ApplyServerSideEncryptionByDefault"],
                let algorithm = byDefault.value("SSEAlgorithm")
            else { return nil }
            return S3BucketEncryption(
                algorithm: algorithm, kmsKeyID: byDefault.value("KMSMasterKeyID"), usesBucketKey: rule.flag("BucketKeyEnabled") ?? false)
        }
    }
}
