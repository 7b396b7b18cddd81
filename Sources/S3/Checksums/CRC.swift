/// A reflected cyclic redundancy check with all-ones start and final inversion, eight bytes a step (slicing-by-8).
///
/// The three that S3 knows: CRC32 (IEEE 802.3), CRC32C (RFC 3720) and CRC64/NVME (NVM Express base specification).
struct CRC<Register: FixedWidthInteger & UnsignedInteger & Sendable>: Sendable {
    private let table: CRCTable<Register>
    private var register = Register.max

    fileprivate init(_ table: CRCTable<Register>) { self.table = table }

    /// The check value of everything up to now.
    var value: Register { ~register }

    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        register = table.fold(bytes, into: register)
    }
}

extension CRC<UInt32> {
    static var crc32: Self { CRC(Tables.crc32) }
    static var crc32c: Self { CRC(Tables.crc32c) }
}

extension CRC<UInt64> {
    static var crc64nvme: Self { CRC(Tables.crc64nvme) }
}

/// Made once, on first use: 8 KiB and 16 KiB of tables.
private enum Tables {
    static let crc32 = CRCTable<UInt32>(reflectedPolynomial: 0xEDB8_8320)
    static let crc32c = CRCTable<UInt32>(reflectedPolynomial: 0x82F6_3B78)
    static let crc64nvme = CRCTable<UInt64>(reflectedPolynomial: 0x9A6C_9329_AC4B_C9B5)
}

private struct CRCTable<Register: FixedWidthInteger & UnsignedInteger & Sendable>: Sendable {
    /// Row r, entry b: what byte b does to the register when r more bytes follow it.
    private let entries: [Register]

    init(reflectedPolynomial polynomial: Register) {
        var entries = [Register](repeating: 0, count: 8 * 256)
        for byte in 0..<256 {
            var value = Register(byte)
            for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ polynomial : value >> 1 }
            entries[byte] = value
        }
        for row in 1..<8 {
            for byte in 0..<256 {
                let before = entries[(row - 1) * 256 + byte]
                entries[row * 256 + byte] = before >> 8 ^ entries[Int(truncatingIfNeeded: before & 0xFF)]
            }
        }
        self.entries = entries
    }

    func fold(_ bytes: UnsafeRawBufferPointer, into start: Register) -> Register {
        entries.withUnsafeBufferPointer { table in
            var register = start
            var offset = 0
            while offset &+ 8 <= bytes.count {
                let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) ^ UInt64(truncatingIfNeeded: register)
                // The register is at most eight bytes wide, so it is wholly consumed by the word.
                let low = table[Int(7 &* 256) &+ Int(truncatingIfNeeded: word & 0xFF)]
                    ^ table[6 &* 256 &+ Int(truncatingIfNeeded: word >> 8 & 0xFF)]
                    ^ table[5 &* 256 &+ Int(truncatingIfNeeded: word >> 16 & 0xFF)]
                    ^ table[4 &* 256 &+ Int(truncatingIfNeeded: word >> 24 & 0xFF)]
                let high = table[3 &* 256 &+ Int(truncatingIfNeeded: word >> 32 & 0xFF)]
                    ^ table[2 &* 256 &+ Int(truncatingIfNeeded: word >> 40 & 0xFF)]
                    ^ table[1 &* 256 &+ Int(truncatingIfNeeded: word >> 48 & 0xFF)]
                    ^ table[Int(truncatingIfNeeded: word >> 56)]
                register = low ^ high
                offset &+= 8
            }
            while offset < bytes.count {
                register = register >> 8 ^ table[Int(truncatingIfNeeded: (register ^ Register(bytes[offset])) & 0xFF)]
                offset &+= 1
            }
            return register
        }
    }
}
