public import StateJSON

/// Takes states out of gzip files (RFC 1952), which a well-meaning upload tool made of them.
public enum Gzip {
    /// The plain bytes of a file that is one whole gzip member.
    ///
    /// - Parameter limit: the largest result that is worth having, in bytes. The size is read from the file's end before any
    ///   memory is asked for, so a forged file cannot ask for more.
    /// - Returns: nil when the file is damaged, holds several members, or would exceed the limit.
    public static func inflate(_ bytes: StateBytes, limit: Int) -> StateBytes? {
        bytes.withUnsafeBytes { file in
            guard let start = endOfHeader(file), file.count >= start + 8 else { return nil }
            let end = file.count - 8
            let size = Int(littleEndian(file, at: end + 4))
            guard size <= limit else { return nil }
            let body = UnsafeRawBufferPointer(rebasing: file[start..<end])
            var inflater = Inflater()
            guard let plain = inflater.inflate(body, to: size, dictionary: UnsafeRawBufferPointer(start: nil, count: 0)) else { return nil }
            guard plain.withUnsafeBytes({ checksum32($0) }) == littleEndian(file, at: end) else { return nil }
            return StateBytes(plain)
        }
    }

    /// Where the compressed data begins: behind ten fixed bytes and the optional fields that the flags name.
    private static func endOfHeader(_ file: UnsafeRawBufferPointer) -> Int? {
        guard file.count >= 18, file[0] == 0x1F, file[1] == 0x8B, file[2] == 8 else { return nil }
        let flags = file[3]
        var at = 10
        if flags & 4 != 0 { at += 2 + Int(file[at]) + Int(file[at + 1]) << 8 }
        for flag: UInt8 in [8, 16] where flags & flag != 0 {
            while at < file.count, file[at] != 0 { at += 1 }
            at += 1
        }
        if flags & 2 != 0 { at += 2 }
        return at < file.count ? at : nil
    }

    private static func littleEndian(_ file: UnsafeRawBufferPointer, at offset: Int) -> UInt32 {
        file.loadUnaligned(fromByteOffset: offset, as: UInt32.self).littleEndian
    }
}
