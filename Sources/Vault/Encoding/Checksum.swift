internal import CZlib

/// CRC-32 (ISO 3309, as in gzip): finds damage in one frame without reading the whole file.
func checksum32(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    guard let base = bytes.baseAddress else { return 0 }
    return UInt32(truncatingIfNeeded: crc32_z(0, base.assumingMemoryBound(to: UInt8.self), bytes.count))
}
