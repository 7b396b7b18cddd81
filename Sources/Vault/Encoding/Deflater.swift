internal import CZlib

/// Raw deflate (RFC 1951) with preset dictionaries, one zlib stream reused for many blocks.
struct Deflater: ~Copyable {
    private let stream: UnsafeMutablePointer<z_stream>?
    private var output: [UInt8] = []

    /// - Parameter level: zlib's 1 (fast) to 9 (small).
    init(level: Int32) {
        stream = tfguard_deflate_new(level)
    }

    deinit {
        tfguard_deflate_free(stream)
    }

    /// The deflated form of `plain`, or nil when that would not be smaller.
    ///
    /// - Parameter dictionary: bytes that the reader will have too; only the last 32 KB count.
    mutating func deflate(_ plain: UnsafeRawBufferPointer, dictionary: UnsafeRawBufferPointer) -> [UInt8]? {
        guard let stream, plain.count > 0, plain.count <= UInt32.max / 2, deflateReset(stream) == Z_OK else { return nil }
        if let base = dictionary.baseAddress, !dictionary.isEmpty {
            let window = min(dictionary.count, Self.window)
            let start = base.advanced(by: dictionary.count - window).assumingMemoryBound(to: UInt8.self)
            guard deflateSetDictionary(stream, start, UInt32(window)) == Z_OK else { return nil }
        }
        // Room for one byte less than the plain text: whatever does not fit is not worth deflating.
        let limit = plain.count - 1
        if output.count < limit { output = [UInt8](repeating: 0, count: max(limit, 1 << 17)) }
        stream.pointee.next_in = UnsafeMutablePointer(mutating: plain.baseAddress?.assumingMemoryBound(to: UInt8.self))
        stream.pointee.avail_in = UInt32(plain.count)
        let (result, left) = output.withUnsafeMutableBufferPointer { buffer in
            stream.pointee.next_out = buffer.baseAddress
            stream.pointee.avail_out = UInt32(limit)
            return (CZlib.deflate(stream, Z_FINISH), Int(stream.pointee.avail_out))
        }
        return result == Z_STREAM_END ? Array(output[..<(limit - left)]) : nil
    }

    /// How far back deflate can refer, in bytes.
    static let window = 32_768
}
