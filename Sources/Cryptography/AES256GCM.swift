internal import COpenSSL

/// AES-256 in Galois/Counter Mode (NIST SP 800-38D): sealed bytes cannot be read or altered without the key.
public enum AES256GCM {
    public static let keyLength = 32
    public static let nonceLength = 12
    public static let tagLength = 16

    /// Encrypts `plain` and binds `associated` to it.
    ///
    /// A nonce must never be used twice with one key.
    /// - Returns: the ciphertext followed by its 16-byte tag.
    public static func seal(_ plain: [UInt8], key: [UInt8], nonce: [UInt8], associated: [UInt8] = []) throws(CryptographyError) -> [UInt8] {
        try checkLengths(key: key, nonce: nonce)
        guard let context = EVP_CIPHER_CTX_new() else { throw .unavailable(algorithm: "AES-256-GCM") }
        defer { EVP_CIPHER_CTX_free(context) }
        var succeeded = EVP_EncryptInit_ex2(context, FetchedCipher.aes256GCM.pointer, key, nonce, nil) == 1
        var written: Int32 = 0
        if !associated.isEmpty {
            succeeded = succeeded && EVP_EncryptUpdate(context, nil, &written, associated, Int32(clamping: associated.count)) == 1
        }
        let sealed = [UInt8](unsafeUninitializedCapacity: plain.count + tagLength) { buffer, count in
            guard succeeded, let base = buffer.baseAddress else { return }
            succeeded = forEachPiece(of: plain.count) { offset, length in
                plain.withUnsafeBufferPointer { EVP_EncryptUpdate(context, base + offset, &written, $0.baseAddress.map { $0 + offset }, length) == 1 }
            }
            succeeded = succeeded && EVP_EncryptFinal_ex(context, base + plain.count, &written) == 1
            succeeded = succeeded && EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, Int32(tagLength), base + plain.count) == 1
            count = succeeded ? plain.count + tagLength : 0
        }
        guard succeeded else { throw .unavailable(algorithm: "AES-256-GCM") }
        return sealed
    }

    /// Decrypts what `seal` returned.
    ///
    /// - Throws: `CryptographyError.notAuthentic` when bytes, nonce, associated bytes or key are not those of the sealing.
    public static func open(_ sealed: [UInt8], key: [UInt8], nonce: [UInt8], associated: [UInt8] = []) throws(CryptographyError) -> [UInt8] {
        try checkLengths(key: key, nonce: nonce)
        let length = sealed.count - tagLength
        guard length >= 0 else { throw .notAuthentic }
        guard let context = EVP_CIPHER_CTX_new() else { throw .unavailable(algorithm: "AES-256-GCM") }
        defer { EVP_CIPHER_CTX_free(context) }
        var tag = Array(sealed[length...])
        var succeeded = EVP_DecryptInit_ex2(context, FetchedCipher.aes256GCM.pointer, key, nonce, nil) == 1
        succeeded = succeeded && EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(tagLength), &tag) == 1
        guard succeeded else { throw .unavailable(algorithm: "AES-256-GCM") }
        var written: Int32 = 0
        if !associated.isEmpty {
            succeeded = EVP_DecryptUpdate(context, nil, &written, associated, Int32(clamping: associated.count)) == 1
        }
        // One spare byte, so that the buffer has an address even for an empty text.
        let plain = [UInt8](unsafeUninitializedCapacity: length + 1) { buffer, count in
            guard succeeded, let base = buffer.baseAddress else { return }
            succeeded = forEachPiece(of: length) { offset, length in
                sealed.withUnsafeBufferPointer { EVP_DecryptUpdate(context, base + offset, &written, $0.baseAddress.map { $0 + offset }, length) == 1 }
            }
            succeeded = succeeded && EVP_DecryptFinal_ex(context, base + length, &written) == 1
            count = succeeded ? length : 0
        }
        guard succeeded else { throw .notAuthentic }
        return plain
    }

    private static func checkLengths(key: [UInt8], nonce: [UInt8]) throws(CryptographyError) {
        guard key.count == keyLength else { throw .wrongLength(of: "an AES-256 key", expected: keyLength, actual: key.count) }
        guard nonce.count == nonceLength else { throw .wrongLength(of: "a GCM nonce", expected: nonceLength, actual: nonce.count) }
    }

    /// OpenSSL counts bytes in a C `int`: longer texts go in pieces.
    private static func forEachPiece(of count: Int, _ body: (_ offset: Int, _ length: Int32) -> Bool) -> Bool {
        let step = 1 << 30
        return stride(from: 0, to: count, by: step).allSatisfy { body($0, Int32(min(step, count - $0))) }
    }
}

/// An EVP cipher fetched once for the whole process.
private struct FetchedCipher: @unchecked Sendable {
    // An EVP_CIPHER is immutable and reference-counted; OpenSSL documents it as safe to share between threads.
    let pointer: OpaquePointer?

    static let aes256GCM = FetchedCipher(pointer: EVP_CIPHER_fetch(nil, "AES-256-GCM", nil))
}
