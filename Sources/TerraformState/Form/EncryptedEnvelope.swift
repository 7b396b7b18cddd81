internal import StateJSON

/// The clear part of a state that OpenTofu encrypted. The bytes can be kept and put back, not looked into; the serial
/// stands inside the ciphertext too, so it can't be changed without the key.
public struct EncryptedEnvelope: Hashable, Sendable {
    /// Serial and lineage in clear; nil in files of early versions, which have neither.
    public let generation: Generation?
    /// Addresses of the key providers, such as `key_provider.aws_kms.main`.
    public let keyProviders: [String]
    /// `v0`.
    public let encryptionVersion: String

    init?(_ root: JSONValue) {
        guard let version = root.field("encryption_version")?.string, !version.isEmpty,
            let data = root.field("encrypted_data"), data.isString, !data.equals(""), data.withDecodedBytes(Base64Text.isValid)
        else {
            return nil
        }
        encryptionVersion = version
        keyProviders = root.field("meta")?.members.map(\.key.string) ?? []
        if let serial = root.field("serial")?.uint64, let lineage = root.field("lineage")?.string {
            generation = Generation(serial: serial, lineage: lineage)
        } else {
            generation = nil
        }
    }
}
