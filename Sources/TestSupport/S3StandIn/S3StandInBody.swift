internal import Cryptography

extension S3StandIn {
    /// The content of an object with its MD5. Make one and share it among the versions that hold the same bytes.
    public final class Body: Sendable {
        public let bytes: [UInt8]
        /// MD5 in hex, without quotes.
        public let etag: String

        public init(_ bytes: [UInt8]) {
            self.bytes = bytes
            etag = Hex.encode(MD5.hash(bytes))
        }

        public convenience init(_ text: String) { self.init(Array(text.utf8)) }
    }

    /// The additional checksum that S3 keeps with an object.
    public enum Checksum: String, Sendable, CaseIterable {
        case crc32, crc32c, crc64nvme, sha1, sha256

        /// The response and request header.
        public var header: String { "x-amz-checksum-\(rawValue)" }

        /// The value of the header for these bytes: base64, numbers big-endian.
        public func value(of bytes: [UInt8]) -> String {
            switch self {
            case .crc32: Base64.encode(crc(bytes, width: 32, polynomial: 0xEDB8_8320))
            case .crc32c: Base64.encode(crc(bytes, width: 32, polynomial: 0x82F6_3B78))
            case .crc64nvme: Base64.encode(crc(bytes, width: 64, polynomial: 0x9A6C_9329_AC4B_C9B5))
            case .sha1: Base64.encode(SHA1.hash(bytes))
            case .sha256: Base64.encode(SHA256.hash(bytes).bytes)
            }
        }
    }
}

/// A reflected CRC with all ones as start and final mask, as big-endian bytes. Bit by bit: the oracle of the real one.
private func crc(_ bytes: [UInt8], width: Int, polynomial: UInt64) -> [UInt8] {
    let ones = UInt64.max >> UInt64(64 - width)
    var value = ones
    bytes.withUnsafeBufferPointer { bytes in
        for byte in bytes {
            value ^= UInt64(byte)
            for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ polynomial : value >> 1 }
        }
    }
    value ^= ones
    return (0..<width / 8).reversed().map { UInt8(truncatingIfNeeded: value >> UInt64($0 * 8)) }
}

func sha256Hex(_ bytes: [UInt8]) -> String { SHA256.hash(bytes).hex }
func md5Base64(_ bytes: [UInt8]) -> String { Base64.encode(MD5.hash(bytes)) }
