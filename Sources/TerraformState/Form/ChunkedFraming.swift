internal import StateJSON

/// The aws-chunked transfer framing: `hex-size[;chunk-signature=…] CRLF bytes CRLF … 0 CRLF trailers CRLF`. Some S3-like
/// stores kept it as content (hashicorp/terraform#34054).
enum ChunkedFraming {
    /// Nil when the bytes are not framed.
    static func form(of all: UnsafeRawBufferPointer) -> StateForm? {
        var at = 0, chunks = 0
        while true {
            guard let (size, next) = header(all, at) else { return chunks == 0 ? nil : .awsChunked(isComplete: false) }
            if chunks == 0 && size > 0 {
                // A number on a line of its own could be anything; a state begins with a brace.
                guard beginsContent(all[next...]) else { return nil }
            }
            chunks += 1
            if size == 0 { return chunks == 1 ? nil : .awsChunked(isComplete: true) }
            guard size <= all.count - next else { return .awsChunked(isComplete: false) }
            let end = next + size
            guard end + 2 <= all.count, all[end] == 0x0D, all[end + 1] == 0x0A else { return .awsChunked(isComplete: false) }
            at = end + 2
        }
    }

    /// The chunks' contents; of framing that breaks off, as far as it goes.
    static func content(of all: UnsafeRawBufferPointer) -> StateBytes {
        var builder = StateBytes.Builder(capacity: all.count)
        var at = 0
        while at < all.count, let (size, next) = header(all, at), size > 0 {
            builder.append(UnsafeRawBufferPointer(rebasing: all[next..<next + min(size, all.count - next)]))
            guard size <= all.count - next else { break }
            at = next + size + 2
        }
        return builder.finish()
    }

    /// Whether a state can begin so: with its brace, or with a wrapping of its own.
    private static func beginsContent(_ bytes: Slice<UnsafeRawBufferPointer>) -> Bool {
        let wrappings: [[UInt8]] = [[0x1F, 0x8B], [0x78, 0x01], [0x78, 0x5E], [0x78, 0x9C], [0x78, 0xDA], [0xEF, 0xBB, 0xBF], [0xFF, 0xFE], [0xFE, 0xFF]]
        if wrappings.contains(where: { bytes.starts(with: $0) }) { return true }
        return bytes.first { !StateForm.isWhitespace($0) } == UInt8(ascii: "{")
    }

    /// Size of the chunk that begins at `start`, and where its bytes begin.
    private static func header(_ all: UnsafeRawBufferPointer, _ start: Int) -> (size: Int, next: Int)? {
        var at = start, size = 0
        while at < all.count, at - start < 8, let digit = hexValue(all[at]) {
            size = size << 4 | digit
            at += 1
        }
        guard at > start else { return nil }
        if at < all.count, all[at] == UInt8(ascii: ";") {
            while at < all.count, at - start < 256, all[at] != 0x0D { at += 1 }
        }
        guard at + 1 < all.count, all[at] == 0x0D, all[at + 1] == 0x0A else { return nil }
        return (size, at + 2)
    }

    private static func hexValue(_ byte: UInt8) -> Int? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte) - 48
        case UInt8(ascii: "a")...UInt8(ascii: "f"): Int(byte) - 87
        case UInt8(ascii: "A")...UInt8(ascii: "F"): Int(byte) - 55
        default: nil
        }
    }
}
