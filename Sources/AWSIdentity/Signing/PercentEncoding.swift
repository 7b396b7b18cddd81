/// The one percent encoding of SigV4: unreserved `A-Z a-z 0-9 - . _ ~` stay, every other byte becomes `%XX` with
/// upper-case digits (RFC 3986, section 2.3; AWS "Create a canonical request", UriEncode).
enum PercentEncoding {
    static func appendEncoded(_ byte: UInt8, keepingSlash: Bool, to output: inout [UInt8]) {
        if isUnreserved(byte) || (keepingSlash && byte == UInt8(ascii: "/")) {
            output.append(byte)
        } else {
            output.append(UInt8(ascii: "%"))
            output.append(digit(byte >> 4))
            output.append(digit(byte & 15))
        }
    }

    static func appendEncoded(_ bytes: some Sequence<UInt8>, keepingSlash: Bool = false, to output: inout [UInt8]) {
        for byte in bytes { appendEncoded(byte, keepingSlash: keepingSlash, to: &output) }
    }

    /// Encodes text that may be encoded already: valid `%XX` triples are decoded first, a stray `%` is a percent sign.
    static func appendReencoded(_ bytes: some Collection<UInt8>, keepingSlash: Bool = false, to output: inout [UInt8]) {
        var rest = bytes[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%"), let high = rest.first.flatMap(value),
                let low = rest.dropFirst().first.flatMap(value)
            else {
                appendEncoded(byte, keepingSlash: keepingSlash, to: &output)
                continue
            }
            rest = rest.dropFirst(2)
            // A slash written as %2F inside a path is data, not a separator: it stays encoded.
            appendEncoded(high << 4 | low, keepingSlash: false, to: &output)
        }
    }

    static func encode(_ text: String) -> String {
        var output: [UInt8] = []
        appendEncoded(text.utf8, to: &output)
        return String(decoding: output, as: UTF8.self)
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
