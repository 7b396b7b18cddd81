/// MD5 (RFC 1321) of bytes that arrive in pieces: what S3's ETag, `Content-MD5` and Terraform's DynamoDB digest are. Not a protection.
public struct MD5: ~Copyable {
    private let context = DigestContext(.md5)

    public init() {}

    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        context.update(bytes)
    }

    public mutating func update(_ bytes: some Sequence<UInt8>) {
        withContiguousBytes(of: bytes) { context.update($0) }
    }

    /// The 16 bytes of the digest; the value is then ready for the next hash.
    public mutating func finalize() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 16) { buffer, count in
            context.finish(into: UnsafeMutableRawBufferPointer(buffer))
            count = 16
        }
    }

    public static func hash(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        var hash = MD5()
        hash.update(bytes)
        return hash.finalize()
    }

    public static func hash(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        withContiguousBytes(of: bytes) { hash($0) }
    }
}

/// SHA-1 (FIPS 180-4) of bytes that arrive in pieces: `x-amz-checksum-sha1` and the names of SSO token files. Not a protection.
public struct SHA1: ~Copyable {
    private let context = DigestContext(.sha1)

    public init() {}

    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        context.update(bytes)
    }

    public mutating func update(_ bytes: some Sequence<UInt8>) {
        withContiguousBytes(of: bytes) { context.update($0) }
    }

    /// The 20 bytes of the digest; the value is then ready for the next hash.
    public mutating func finalize() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 20) { buffer, count in
            context.finish(into: UnsafeMutableRawBufferPointer(buffer))
            count = 20
        }
    }

    public static func hash(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        var hash = SHA1()
        hash.update(bytes)
        return hash.finalize()
    }

    public static func hash(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        withContiguousBytes(of: bytes) { hash($0) }
    }
}
