/// Where backups are kept, and how they are encrypted.
public struct VaultSettings: Sendable, Equatable {
    /// Where the vault is.
    public enum Location: Sendable, Equatable {
        /// An absolute path.
        case folder(String)
        case s3(bucket: String, prefix: String?)
    }

    /// What protects the vault's contents.
    public enum Encryption: Sendable, Equatable {
        /// The file says nothing: the vault decides when it is made.
        case unspecified
        /// `encryption: none`: plain files, and every run says so.
        case none
        case passphrase(SecretSource)
        case kms(keyID: String)
    }

    public var location: Location
    public var access: S3AccessSettings
    /// What S3 itself does to the vault's objects.
    public var objectEncryption: ObjectEncryptionSettings
    public var encryption: Encryption

    public init(
        location: Location, access: S3AccessSettings = S3AccessSettings(),
        objectEncryption: ObjectEncryptionSettings = ObjectEncryptionSettings(), encryption: Encryption = .unspecified
    ) {
        self.location = location
        self.access = access
        self.objectEncryption = objectEncryption
        self.encryption = encryption
    }
}
