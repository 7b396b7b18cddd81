internal import COpenSSL

/// A signing key for Ed25519 (RFC 8032), kept as PEM files that the `openssl` program reads and writes too.
public struct Ed25519Key: Sendable {
    private let seed: [UInt8]
    /// The 32 bytes of the public key.
    public let publicKey: [UInt8]

    public static let signatureLength = 64

    /// A new random key.
    ///
    /// - Throws: ``CryptographyError``.
    public init() throws(CryptographyError) {
        try self.init(seed: try secureRandomBytes(count: 32))
    }

    init(seed: [UInt8]) throws(CryptographyError) {
        guard seed.count == 32 else { throw .wrongLength(of: "an Ed25519 seed", expected: 32, actual: seed.count) }
        guard let key = EVP_PKEY_new_raw_private_key_ex(nil, "ED25519", nil, seed, seed.count) else { throw .unavailable(algorithm: "Ed25519") }
        defer { EVP_PKEY_free(key) }
        var length = 32
        var bytes = [UInt8](repeating: 0, count: 32)
        guard EVP_PKEY_get_raw_public_key(key, &bytes, &length) == 1, length == 32 else { throw .unavailable(algorithm: "Ed25519") }
        (self.seed, publicKey) = (seed, bytes)
    }

    /// Reads a private key in PEM form (RFC 8410), as `openssl genpkey -algorithm ed25519` writes it; nil when it is none.
    public init?(pem: String) {
        guard let der = Self.decode(pem, label: "PRIVATE KEY"), der.count == 48, der.starts(with: Self.privateHead), let key = try? Self(seed: Array(der[16...])) else { return nil }
        self = key
    }

    /// The private key in PEM form.
    public var pem: String { Self.encode(Self.privateHead + seed, label: "PRIVATE KEY") }

    /// The public key in PEM form.
    public var publicPEM: String { Self.encode(publicDER, label: "PUBLIC KEY") }

    /// The public key as `openssl pkey -pubin -outform DER` gives it: its SHA-256 names the key.
    public var publicDER: [UInt8] { Self.publicHead + publicKey }

    /// The 64 bytes of a message's signature.
    ///
    /// - Throws: ``CryptographyError``.
    public func sign(_ message: [UInt8]) throws(CryptographyError) -> [UInt8] {
        guard let key = EVP_PKEY_new_raw_private_key_ex(nil, "ED25519", nil, seed, seed.count), let context = EVP_MD_CTX_new() else { throw .unavailable(algorithm: "Ed25519") }
        defer {
            EVP_MD_CTX_free(context)
            EVP_PKEY_free(key)
        }
        var signature = [UInt8](repeating: 0, count: Self.signatureLength)
        var length = signature.count
        guard EVP_DigestSignInit_ex(context, nil, nil, nil, nil, key, nil) == 1, EVP_DigestSign(context, &signature, &length, message, message.count) == 1, length == signature.count
        else { throw .unavailable(algorithm: "Ed25519") }
        return signature
    }

    /// Whether a signature of a message was made with the private half of a public key.
    public static func isValid(_ signature: [UInt8], of message: [UInt8], by publicKey: [UInt8]) -> Bool {
        guard publicKey.count == 32, let key = EVP_PKEY_new_raw_public_key_ex(nil, "ED25519", nil, publicKey, publicKey.count), let context = EVP_MD_CTX_new() else { return false }
        defer {
            EVP_MD_CTX_free(context)
            EVP_PKEY_free(key)
        }
        return EVP_DigestVerifyInit_ex(context, nil, nil, nil, nil, key, nil) == 1 && EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
    }

    /// The fixed beginnings of the two structures of RFC 8410, sections 4 and 7.
    private static let privateHead: [UInt8] = [0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20]
    private static let publicHead: [UInt8] = [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00]

    private static func encode(_ der: [UInt8], label: String) -> String {
        "-----BEGIN \(label)-----\n\(Base64.encode(der))\n-----END \(label)-----\n"
    }

    private static func decode(_ pem: String, label: String) -> [UInt8]? {
        let lines = pem.split(whereSeparator: \.isNewline).map { $0.filter { !$0.isWhitespace } }
        guard let first = lines.firstIndex(of: "-----BEGIN\(label.filter { $0 != " " })-----"), let last = lines.lastIndex(of: "-----END\(label.filter { $0 != " " })-----"), first < last else {
            return nil
        }
        return Base64.decode(lines[(first + 1)..<last].joined())
    }
}
