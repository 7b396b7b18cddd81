import Cryptography
@testable import S3
import Testing

struct ChecksumTests {
    private func crc<Register>(_ fresh: CRC<Register>, _ bytes: [UInt8]) -> Register {
        var crc = fresh
        bytes.withUnsafeBytes { crc.update($0) }
        return crc.value
    }

    /// The check values of the catalogue of parametrised CRC algorithms for "123456789".
    @Test func theCheckValuesAreThoseOfTheStandards() {
        let nine = Array("123456789".utf8)
        #expect(crc(.crc32, nine) == 0xCBF4_3926)
        #expect(crc(.crc32c, nine) == 0xE306_9283)
        #expect(crc(.crc64nvme, nine) == 0xAE8B_1486_0A79_9888)
        #expect(crc(.crc32, []) == 0)
        #expect(crc(.crc64nvme, []) == 0)
    }

    /// Eight bytes a step must give what one bit a step gives, at every length and alignment, whole or in pieces.
    @Test func slicingAgreesWithTheDefinition() {
        func slow<Register: FixedWidthInteger & UnsignedInteger>(_ polynomial: Register, _ bytes: some Sequence<UInt8>) -> Register {
            var register = Register.max
            for byte in bytes {
                register ^= Register(byte)
                for _ in 0..<8 { register = register & 1 == 1 ? register >> 1 ^ polynomial : register >> 1 }
            }
            return ~register
        }
        let bytes = pseudoRandomBytes(count: 100, seed: 1)
        for start in 0..<9 {
            for end in start...bytes.count {
                let part = Array(bytes[start..<end])
                #expect(crc(.crc32, part) == slow(0xEDB8_8320 as UInt32, part))
                #expect(crc(.crc32c, part) == slow(0x82F6_3B78 as UInt32, part))
                #expect(crc(.crc64nvme, part) == slow(0x9A6C_9329_AC4B_C9B5 as UInt64, part))
            }
        }
        var pieces = CRC<UInt64>.crc64nvme
        for cut in [0..<1, 1..<14, 14..<14, 14..<100] { bytes[cut].withUnsafeBytes { pieces.update($0) } }
        #expect(pieces.value == crc(.crc64nvme, bytes))
    }

    @Test func headersCarryBigEndianBase64() {
        let nine = Array("123456789".utf8)
        func base64(_ algorithm: S3ChecksumAlgorithm) -> String { Base64.encode(nine.withUnsafeBytes { algorithm.checksum(of: $0) }) }
        #expect(base64(.crc32) == "y/Q5Jg==")
        #expect(base64(.crc64nvme) == "rosUhgp5mIg=")
        #expect(base64(.sha1) == "98O8HYCOBHMq32eZZczDTKeuNEE=")
        #expect(S3Checksum(.crc32, header: "y/Q5Jg==")?.value == [0xCB, 0xF4, 0x39, 0x26])
        // A composite of parts says nothing of the whole; garbage is no checksum.
        #expect(S3Checksum(.crc32, header: "y/Q5Jg==-3") == nil)
        #expect(S3Checksum(.sha256, header: "y/Q5Jg==") == nil)
        #expect(S3Checksum(.crc32, header: "?") == nil)
    }
}
