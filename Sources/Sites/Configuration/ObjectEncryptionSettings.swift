/// How objects of a bucket are encrypted by S3: what a writer must ask for and a reader must present.
public struct ObjectEncryptionSettings: Sendable, Equatable {
    /// `encrypt`: ask S3 to encrypt what is written (SSE-S3, or SSE-KMS with ``kmsKeyID``).
    public var encrypt: Bool
    public var kmsKeyID: String?
    /// Where the SSE-C key is, never the key itself.
    public var customerKey: SecretSource?

    public init(encrypt: Bool = false, kmsKeyID: String? = nil, customerKey: SecretSource? = nil) {
        self.encrypt = encrypt
        self.kmsKeyID = kmsKeyID
        self.customerKey = customerKey
    }
}
