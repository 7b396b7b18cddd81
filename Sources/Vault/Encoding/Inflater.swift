internal import CZlib

/// The reverse of `Deflater`.
struct Inflater: ~Copyable {
    private let stream = tfguard_inflate_new()

    init() {}

    deinit {
        tfguard_inflate_free(stream)
    }

    /// The `count` plain bytes of `deflated`, or nil when it does not inflate to exactly that many.
    ///
    /// The count is known beforehand, so a forged stream cannot ask for more memory.
    mutating func inflate(_ deflated: UnsafeRawBufferPointer, to count: Int, dictionary: UnsafeRawBufferPointer) -> [UInt8]? {
        guard let stream, deflated.count <= UInt32.max, count <= UInt32.max, inflateReset(stream) == Z_OK else { return nil }
        if let base = dictionary.baseAddress, !dictionary.isEmpty {
            let window = min(dictionary.count, Deflater.window)
            let start = base.advanced(by: dictionary.count - window).assumingMemoryBound(to: UInt8.self)
            guard inflateSetDictionary(stream, start, UInt32(window)) == Z_OK else { return nil }
        }
        stream.pointee.next_in = UnsafeMutablePointer(mutating: deflated.baseAddress?.assumingMemoryBound(to: UInt8.self))
        stream.pointee.avail_in = UInt32(deflated.count)
        var complete = false
        let plain = [UInt8](unsafeUninitializedCapacity: max(count, 1)) { buffer, filled in
            stream.pointee.next_out = buffer.baseAddress
            stream.pointee.avail_out = UInt32(count)
            let result = CZlib.inflate(stream, Z_FINISH)
            complete = result == Z_STREAM_END && stream.pointee.avail_out == 0 && stream.pointee.avail_in == 0
            filled = complete ? count : 0
        }
        return complete ? plain : nil
    }
}
