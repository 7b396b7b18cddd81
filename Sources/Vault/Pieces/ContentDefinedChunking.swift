/// Cuts bytes where their content says so, so that an insertion moves only the cuts near it.
///
/// A gear hash (each byte shifts the hash left and adds its own random word) with FastCDC's normalised masks: harder to
/// cut before the usual length, easier after it. Where a writer cuts is no part of the format: readers only join.
enum ContentDefinedChunking {
    static let minimum = 2_048
    static let usual = 6_144
    /// A piece and its predecessor must both fit into deflate's window of 32 KB.
    static let maximum = 15_360

    private static let strictMask: UInt64 = 0xFFF8_0000_0000_0000 >> 1
    private static let easyMask: UInt64 = 0xFF80_0000_0000_0000 >> 1

    /// The ends of the pieces of `bytes`, the last one being its count.
    static func ends(of bytes: UnsafeRawBufferPointer) -> [Int] {
        var ends: [Int] = []
        var start = 0
        while start < bytes.count {
            let end = start + length(of: UnsafeRawBufferPointer(rebasing: bytes[start...]))
            ends.append(end)
            start = end
        }
        return ends
    }

    private static func length(of bytes: UnsafeRawBufferPointer) -> Int {
        guard bytes.count > minimum else { return bytes.count }
        let limit = min(bytes.count, maximum)
        return gears.withUnsafeBufferPointer { gears in
            var hash: UInt64 = 0
            var index = minimum
            while index < limit {
                hash = (hash << 1) &+ gears[Int(bytes[index])]
                if hash & (index < usual ? strictMask : easyMask) == 0 { return index + 1 }
                index += 1
            }
            return limit
        }
    }

    /// 256 fixed words from SplitMix64.
    private static let gears: [UInt64] = {
        var seed: UInt64 = 0x7466_6775_6172_6431
        return (0..<256).map { _ in
            seed &+= 0x9E37_79B9_7F4A_7C15
            var word = seed
            word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
            word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
            return word ^ (word >> 31)
        }
    }()
}
