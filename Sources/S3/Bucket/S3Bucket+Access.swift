/// The four switches that keep a bucket from being public
/// (https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetPublicAccessBlock.html).
public struct S3PublicAccessBlock: Hashable, Sendable {
    public var blocksPublicACLs: Bool
    public var ignoresPublicACLs: Bool
    public var blocksPublicPolicy: Bool
    public var restrictsPublicBuckets: Bool

    /// All four are on.
    public var isComplete: Bool { blocksPublicACLs && ignoresPublicACLs && blocksPublicPolicy && restrictsPublicBuckets }
}

extension S3Bucket {
    /// The bucket policy, as JSON text.
    public func policy() async throws -> S3Setting<String> {
        try await setting(settingRequest("GetBucketPolicy", "policy")) { (answer) throws(S3Error) -> String? in
            guard let text = String(validating: answer.body, as: UTF8.self) else {
                throw answer.failure(.unreadableAnswer, "UnreadableAnswer", "the policy is not UTF-8")
            }
            return text.isEmpty ? nil : text
        }
    }

    /// Whether S3 takes the bucket's policy for public.
    public func policyIsPublic() async throws -> S3Setting<Bool> {
        try await setting(settingRequest("GetBucketPolicyStatus", "policyStatus")) { $0.flag("IsPublic") }
    }

    /// The bucket's own public access block; that of the account is another setting.
    public func publicAccessBlock() async throws -> S3Setting<S3PublicAccessBlock> {
        try await setting(settingRequest("GetPublicAccessBlock", "publicAccessBlock")) { root in
            S3PublicAccessBlock(
                blocksPublicACLs: root.flag("BlockPublicAcls") ?? false, ignoresPublicACLs: root.flag("IgnorePublicAcls") ?? false,
                blocksPublicPolicy: root.flag("BlockPublicPolicy") ?? false, restrictsPublicBuckets: root.flag("RestrictPublicBuckets") ?? false)
        }
    }
}
