extension S3Error {
    /// What a person should do next, where that is known.
    public var hint: String? {
        switch kind {
        case .accessDenied: accessDeniedHint
        case .noSuchBucket: "Check the bucket's name, the account of the profile, and the endpoint"
        case .noSuchVersion: "The version was deleted after it was listed, or belongs to another bucket"
        case .deleteMarker: "The object was deleted: earlier versions may still be there"
        case .invalidCredentials: "Check which access key is in use (environment, profile) and that it belongs to this endpoint"
        case .expiredCredentials: "Renew them: `aws sso login`, or a new session token"
        case .clockSkew: "Set this machine's clock: AWS accepts at most 15 minutes of difference"
        case .wrongRegion: "Set the bucket's region (the server names \(region ?? "none")), with --region or in tfguard.yaml"
        case .throttled: "The server asks for fewer requests: lower --parallel or try later"
        case .archived: "Restore it from the archive tier first (aws s3api restore-object)"
        case .notSupported: "This server does not implement the operation"
        case .damagedBody: "The bytes that arrived are not the object: do not trust them; try again, then check the object and any proxy on the way"
        case .damagedListing: "The server's listing cannot be trusted: try again, then check the server and any proxy on the way"
        case .unreadableAnswer: "Is the endpoint an S3 server, or did a proxy answer?"
        case .preconditionFailed: "The object changed meanwhile: read it again before writing"
        case .conflict: "Another write to the same key was under way: try again"
        case .transport, .deadline: "Check the network, the endpoint and proxy settings"
        default: nil
        }
    }

    private var accessDeniedHint: String? {
        guard let permission = Self.permissions[operation] else { return "The identity in use lacks a permission for it, or a bucket policy denies it" }
        let needed = versionID != nil ? permission.forVersion ?? permission.plain : permission.plain
        return "The identity in use needs \(needed)"
            + (operation == "GetObject" || operation == "HeadObject" ? " (and kms:Decrypt when the object is encrypted with a KMS key)" : "")
    }

    /// The IAM action behind each operation
    /// (https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html).
    private static let permissions: [String: (plain: String, forVersion: String?)] = [
        "GetObject": ("s3:GetObject", "s3:GetObjectVersion"),
        "HeadObject": ("s3:GetObject", "s3:GetObjectVersion"),
        "PutObject": ("s3:PutObject", nil),
        "CopyObject": ("s3:GetObject on the source and s3:PutObject", "s3:GetObjectVersion on the source and s3:PutObject"),
        "DeleteObject": ("s3:DeleteObject", "s3:DeleteObjectVersion"),
        "DeleteObjects": ("s3:DeleteObject", "s3:DeleteObjectVersion"),
        "ListObjectVersions": ("s3:ListBucketVersions", nil),
        "ListObjectsV2": ("s3:ListBucket", nil),
        "ListBuckets": ("s3:ListAllMyBuckets", nil),
        "HeadBucket": ("s3:ListBucket", nil),
        "GetBucketLocation": ("s3:GetBucketLocation", nil),
        "GetBucketVersioning": ("s3:GetBucketVersioning", nil),
        "GetBucketReplication": ("s3:GetReplicationConfiguration", nil),
        "GetBucketEncryption": ("s3:GetEncryptionConfiguration", nil),
        "GetBucketLifecycleConfiguration": ("s3:GetLifecycleConfiguration", nil),
        "GetBucketPolicy": ("s3:GetBucketPolicy", nil),
        "GetBucketPolicyStatus": ("s3:GetBucketPolicyStatus", nil),
        "GetPublicAccessBlock": ("s3:GetBucketPublicAccessBlock", nil),
        "GetObjectLockConfiguration": ("s3:GetBucketObjectLockConfiguration", nil),
        "GetBucketTagging": ("s3:GetBucketTagging", nil),
        "GetObjectTagging": ("s3:GetObjectTagging", "s3:GetObjectVersionTagging"),
        "GetObjectRetention": ("s3:GetObjectRetention", nil),
    ]
}
