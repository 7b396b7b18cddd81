/// RFC 3986 percent-encoding as AWS signs it: everything but `A-Z a-z 0-9 - . _ ~` becomes `%XX`, upper case.
public enum PercentEncoding {
    /// Encodes one path segment or query part: `/` is encoded too.
    public static func encode(_ text: some StringProtocol) -> String {
        encode(text, keepingSlash: false)
    }

    /// Encodes an object key for a path: each byte once, `/` kept, nothing normalised (`a//b` and `a/../b` are keys).
    public static func encodePath(_ text: some StringProtocol) -> String {
        encode(text, keepingSlash: true)
    }

    /// Undoes `%XX`, and `+` as a space when asked (that is how S3 encodes listings); nil when the encoding is
    /// broken or the bytes are not UTF-8.
    public static func decode(_ text: some StringProtocol, plusIsSpace: Bool = false) -> String? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var input = text.utf8.makeIterator()
        while let byte = input.next() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = input.next()?.hexValue, let low = input.next()?.hexValue else { return nil }
                bytes.append(high << 4 | low)
            case UInt8(ascii: "+") where plusIsSpace:
                bytes.append(UInt8(ascii: " "))
            default:
                bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func encode(_ text: some StringProtocol, keepingSlash: Bool) -> String {
        let utf8 = text.utf8
        if utf8.allSatisfy({ $0.isUnreserved || keepingSlash && $0 == UInt8(ascii: "/") }) { return String(text) }
        return String(unsafeUninitializedCapacity: utf8.count * 3) { output in
            var end = 0
            func put(_ byte: UInt8) {
                output[end] = byte
                end += 1
            }
            for byte in utf8 {
                if byte.isUnreserved || keepingSlash && byte == UInt8(ascii: "/") {
                    put(byte)
                } else {
                    put(UInt8(ascii: "%"))
                    put(upperHexDigit(byte >> 4))
                    put(upperHexDigit(byte & 0xF))
                }
            }
            return end
        }
    }

    private static func upperHexDigit(_ nibble: UInt8) -> UInt8 {
        nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "A") + nibble - 10
    }
}

extension UInt8 {
    fileprivate var isUnreserved: Bool {
        isLetterOrDigit || self == UInt8(ascii: "-") || self == UInt8(ascii: ".") || self == UInt8(ascii: "_")
            || self == UInt8(ascii: "~")
    }

    fileprivate var hexValue: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
