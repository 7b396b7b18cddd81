internal import CZlib
public import StateJSON

/// Takes states out of gzip (RFC 1952) and zlib (RFC 1950) files, which a well-meaning upload tool made of them.
public enum Gzip {
    /// The plain bytes of a file of one or several whole members, zero bytes behind them allowed, as gzip itself reads it.
    ///
    /// - Parameter limit: the largest result that is worth having, in bytes.
    /// - Returns: nil when the file is cut or changed, or would exceed the limit.
    public static func inflate(_ bytes: StateBytes, limit: Int) -> StateBytes? {
        let front = inflateFront(of: bytes, limit: limit)
        return front.isWhole ? front.plain : nil
    }

    /// As much as can be inflated of a file that may be cut or changed.
    public static func inflateFront(of bytes: StateBytes, limit: Int) -> (plain: StateBytes, isWhole: Bool) {
        bytes.withUnsafeBytes { file in
            var stream = MemberStream(file, limit: limit)
            let isWhole = stream.inflateAll()
            return (StateBytes(stream.output), isWhole)
        }
    }
}

/// zlib's stream over a file of members; memory grows with what really comes out, not with what a header claims.
private struct MemberStream: ~Copyable {
    var output: [UInt8] = []
    private let stream = tfguard_inflate_new_wrapped()
    private let file: UnsafeRawBufferPointer
    private let limit: Int

    private static let step = 1 << 18

    init(_ file: UnsafeRawBufferPointer, limit: Int) {
        self.file = file
        self.limit = limit
    }

    deinit {
        tfguard_inflate_free(stream)
    }

    /// Whether everything came out and every checksum was right.
    mutating func inflateAll() -> Bool {
        guard let stream, file.count <= UInt32.max else { return false }
        stream.pointee.next_in = UnsafeMutablePointer(mutating: file.baseAddress?.assumingMemoryBound(to: UInt8.self))
        stream.pointee.avail_in = UInt32(file.count)
        let isZlib = file.first == 0x78
        while true {
            switch step(stream) {
            case Z_OK where output.count <= limit: continue
            case Z_STREAM_END where output.count <= limit: break
            default: return false
            }
            let rest = file.suffix(Int(stream.pointee.avail_in))
            if rest.allSatisfy({ $0 == 0 }) { return true }
            guard !isZlib, rest.starts(with: [0x1F, 0x8B]), inflateReset(stream) == Z_OK else { return false }
        }
    }

    /// Inflates a little more.
    private mutating func step(_ stream: UnsafeMutablePointer<z_stream>) -> Int32 {
        var result = Z_OK
        let part = [UInt8](unsafeUninitializedCapacity: Self.step) { buffer, filled in
            stream.pointee.next_out = buffer.baseAddress
            stream.pointee.avail_out = UInt32(Self.step)
            result = CZlib.inflate(stream, Z_NO_FLUSH)
            filled = Self.step - Int(stream.pointee.avail_out)
        }
        output += part
        return result
    }
}
