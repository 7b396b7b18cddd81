internal import COpenSSL

/// Bytes from OpenSSL's generator, fit for keys and nonces.
///
/// - Throws: `CryptographyError.noRandomness` when the operating system gives none.
public func secureRandomBytes(count: Int) throws(CryptographyError) -> [UInt8] {
    var succeeded = true
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
        succeeded = count == 0 || RAND_bytes(buffer.baseAddress, Int32(clamping: count)) == 1
        filled = succeeded ? count : 0
    }
    guard succeeded else { throw .noRandomness }
    return bytes
}
