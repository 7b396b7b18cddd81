internal import Cryptography

/// The checksum algorithms of S3's "additional checksums" that this client computes.
/// (https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html)
public enum S3ChecksumAlgorithm: String, Hashable, Sendable, CaseIterable {
    case crc64nvme = "CRC64NVME"
    case crc32c = "CRC32C"
    case crc32 = "CRC32"
    case sha1 = "SHA1"
    case sha256 = "SHA256"

    /// The header that carries the value, lower case.
    public var headerName: String { "x-amz-checksum-\(rawValue.lowercased())" }

    /// Bytes of a value.
    var length: Int {
        switch self {
        case .crc32, .crc32c: 4
        case .crc64nvme: 8
        case .sha1: 20
        case .sha256: 32
        }
    }

    /// The value for some bytes, big-endian, as the header carries it in base 64.
    func checksum(of bytes: UnsafeRawBufferPointer) -> [UInt8] {
        switch self {
        case .crc32: Self.bigEndian(.crc32, bytes)
        case .crc32c: Self.bigEndian(.crc32c, bytes)
        case .crc64nvme:
            {
                var crc = CRC<UInt64>.crc64nvme
                crc.update(bytes)
                return withUnsafeBytes(of: crc.value.bigEndian) { [UInt8]($0) }
            }()
        case .sha1: SHA1.hash(bytes)
        case .sha256: SHA256.hash(bytes).bytes
        }
    }

    private static func bigEndian(_ fresh: CRC<UInt32>, _ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        var crc = fresh
        crc.update(bytes)
        return withUnsafeBytes(of: crc.value.bigEndian) { [UInt8]($0) }
    }
}
