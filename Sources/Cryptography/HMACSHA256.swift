/// HMAC with SHA-256 (RFC 2104), as SigV4 chains it.
public enum HMACSHA256 {
    /// The 32 bytes of the authentication code.
    public static func authenticate(_ message: some Sequence<UInt8>, key: [UInt8]) -> [UInt8] {
        var hash = SHA256()
        return authenticate(message, key: key, with: &hash)
    }

    /// The same with a hash that the caller keeps, for chains of small messages.
    static func authenticate(_ message: some Sequence<UInt8>, key: [UInt8], with hash: inout SHA256) -> [UInt8] {
        var block = key
        if block.count > 64 {
            hash.update(block)
            block = hash.finalize().bytes
        }
        block.append(contentsOf: repeatElement(0, count: 64 - block.count))
        hash.update(block.map { $0 ^ 0x36 })
        hash.update(message)
        let inner = hash.finalize()
        hash.update(block.map { $0 ^ 0x5C })
        inner.withUnsafeBytes { hash.update($0) }
        return hash.finalize().bytes
    }
}
