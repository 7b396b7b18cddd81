/// How a service wants its requests signed: S3 differs from all others in the path and in the body's hash.
public struct SigV4Style: Sendable, Hashable {
    /// Whether the path as it stands on the wire is encoded once more. S3 signs the wire path itself.
    public var encodesPathTwice: Bool
    /// Whether `//`, `/./` and `/../` are resolved before signing. In S3 they are part of the key.
    public var normalizesPath: Bool
    /// Whether the body's hash is also sent, as `x-amz-content-sha256`. S3 requires it.
    public var sendsPayloadHash: Bool

    public init(encodesPathTwice: Bool, normalizesPath: Bool, sendsPayloadHash: Bool) {
        self.encodesPathTwice = encodesPathTwice
        self.normalizesPath = normalizesPath
        self.sendsPayloadHash = sendsPayloadHash
    }

    /// Amazon S3: the path encoded exactly once, never normalised; the hash sent.
    public static let s3 = SigV4Style(encodesPathTwice: false, normalizesPath: false, sendsPayloadHash: true)

    /// Every other service (STS, DynamoDB, KMS…): the path normalised and encoded twice; the hash signed, not sent.
    public static let standard = SigV4Style(encodesPathTwice: true, normalizesPath: true, sendsPayloadHash: false)
}

/// Where the session token of temporary credentials goes.
public enum SessionTokenPlacement: Sendable, Hashable {
    /// Sent and signed: what every service of ours wants.
    case signed
    /// Sent, but added after signing (AWS IoT and the `post-sts-header-after` case of AWS's test suite).
    case afterSigning
}
