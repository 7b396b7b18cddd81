internal import Cryptography

/// The keys of an encrypted vault.
struct VaultCipher: Sendable {
    private let dataKey: [UInt8]
    private let digestKey: [UInt8]

    /// - Parameter master: the 32 random bytes that the key slots wrap.
    init(master: [UInt8]) {
        dataKey = HMACSHA256.authenticate("tfguard data".utf8, key: master)
        digestKey = HMACSHA256.authenticate("tfguard digest".utf8, key: master)
    }

    func fileKey(salt: [UInt8]) -> [UInt8] {
        HMACSHA256.authenticate(salt, key: dataKey)
    }

    /// The keyed digest under which a piece is known, so that digests tell nothing to whoever lacks the key.
    func digest(_ plain: SHA256Digest) -> SHA256Digest {
        SHA256Digest(bytes: HMACSHA256.authenticate(plain.bytes, key: digestKey)) ?? plain
    }
}
