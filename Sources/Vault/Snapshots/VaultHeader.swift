internal import Cryptography
internal import StateJSON
internal import Timestamps

/// `vault.json`: written once, when a vault is made.
///
/// ```
/// {"format":1,"vault":"<32 hexadecimal digits>","created":"2026-11-22T14:02:14Z","encryption":"none"}
/// ```
struct VaultHeader: Sendable {
    static let supportedFormat = 1
    static let object = ObjectName(trusted: .root, "vault.json")

    var id: String
    var created: Timestamp
    /// `none`, or `aes-256-gcm` (the key slots are in `keys/`).
    var encryption: String
    /// SHA-256 of the file's bytes; every snapshot record repeats it.
    var digest: SHA256Digest

    var isEncrypted: Bool { encryption != "none" }

    static func document(id: String, created: Timestamp, encryption: String) -> [UInt8] {
        var text = JSONText()
        text.object { text in
            text.member("format", supportedFormat)
            text.member("vault", id)
            text.member("created", created.rfc3339)
            text.member("encryption", encryption)
        }
        return text.bytes + [0x0A]
    }

    init(reading bytes: [UInt8]) throws {
        let document = try VaultDocument(parsing: bytes, subject: Self.object.path, own: nil, registry: PackRegistry())
        let format = try document.count(document.value["format"], "format")
        guard format <= Self.supportedFormat else { throw VaultError.newerFormat(version: format, supported: Self.supportedFormat) }
        id = try document.required(document.value["vault"]?.string, "vault")
        created = try document.time(document.value["created"], "created")
        encryption = try document.required(document.value["encryption"]?.string, "encryption")
        guard encryption == "none" || encryption == "aes-256-gcm" else { throw VaultError.damaged(Damage(Self.object.path, "unknown encryption \(quoted(encryption))")) }
        digest = SHA256.hash(bytes)
    }
}
