internal import Cryptography

/// The outermost layer of a pack: a header, then frames of `length, CRC-32, body`.
///
/// In an encrypted vault each body is sealed with AES-256-GCM under a key of its own file (made from the vault's data
/// key and the salt in the file's header), with the frame's offset as nonce: no nonce can occur twice under one key, and
/// a frame that was moved or replaced does not open.
struct FrameCodec: Sendable {
    /// Bytes before each body.
    static let overhead = 8
    static let plainMagic = Array("tfguard pack v1\n".utf8)
    static let sealedMagic = Array("tfguard pack e1\n".utf8)
    static let saltLength = 16

    /// The key of this file; nil in a vault without encryption.
    private let key: [UInt8]?
    /// What a pack begins with.
    let header: [UInt8]

    init(plain: Void) {
        key = nil
        header = Self.plainMagic
    }

    init(cipher: VaultCipher, salt: [UInt8]) {
        key = cipher.fileKey(salt: salt)
        header = Self.sealedMagic + salt
    }

    /// Reads a pack's header.
    ///
    /// - Returns: nil when these are no pack's bytes, or it is sealed and there is no cipher.
    init?(reading start: ArraySlice<UInt8>, cipher: VaultCipher?) {
        if start.starts(with: Self.plainMagic), cipher == nil {
            self.init(plain: ())
        } else if start.starts(with: Self.sealedMagic), let cipher, start.count >= Self.longestHeader {
            self.init(cipher: cipher, salt: Array(start.dropFirst(Self.sealedMagic.count).prefix(Self.saltLength)))
        } else {
            return nil
        }
    }

    static let longestHeader = 32

    /// Bytes that a frame takes beyond its body.
    func appendFrame(_ body: [UInt8], to bytes: inout [UInt8]) throws(CryptographyError) {
        let offset = bytes.count
        var stored = body
        if let key { stored = try AES256GCM.seal(body, key: key, nonce: Self.nonce(offset), associated: Self.sealedMagic) }
        var writer = ByteWriter()
        writer.appendUInt32(UInt32(stored.count))
        writer.appendUInt32(stored.withUnsafeBytes { checksum32($0) })
        bytes.append(contentsOf: writer.bytes)
        bytes.append(contentsOf: stored)
    }

    /// The body of the frame `bytes`, which stands at `offset` of its file; nil when it is damaged.
    func body(of bytes: ArraySlice<UInt8>, at offset: Int) -> [UInt8]? {
        var reader = ByteReader(bytes)
        guard let length = reader.uint32(), let checksum = reader.uint32(), let stored = reader.take(Int(length)) else { return nil }
        guard stored.withUnsafeBytes({ checksum32($0) }) == checksum else { return nil }
        guard let key else { return Array(stored) }
        return try? AES256GCM.open(Array(stored), key: key, nonce: Self.nonce(offset), associated: Self.sealedMagic)
    }

    private static func nonce(_ offset: Int) -> [UInt8] {
        var writer = ByteWriter()
        writer.appendUInt32(0)
        writer.appendUInt64(UInt64(offset))
        return writer.bytes
    }
}
