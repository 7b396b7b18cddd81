/// The content of a string's bytes, escapes resolved. The tape has checked them already.
func decodedBytes(of raw: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(raw.count)
    var index = 0
    while index < raw.count {
        let byte = raw[index]
        index += 1
        guard byte == UInt8(ascii: "\\"), index < raw.count else {
            out.append(byte)
            continue
        }
        let code = raw[index]
        index += 1
        switch code {
        case UInt8(ascii: "b"): out.append(0x08)
        case UInt8(ascii: "f"): out.append(0x0C)
        case UInt8(ascii: "n"): out.append(0x0A)
        case UInt8(ascii: "r"): out.append(0x0D)
        case UInt8(ascii: "t"): out.append(0x09)
        case UInt8(ascii: "u"):
            let first = codeUnit(raw, at: index)
            index += 4
            if first & 0xFC00 == 0xD800, index + 6 <= raw.count, raw[index] == UInt8(ascii: "\\"), raw[index + 1] == UInt8(ascii: "u") {
                let second = codeUnit(raw, at: index + 2)
                if second & 0xFC00 == 0xDC00 {
                    index += 6
                    append(0x10000 + (first & 0x3FF) << 10 + (second & 0x3FF), to: &out)
                    continue
                }
            }
            append(first, to: &out)
        default: out.append(code)
        }
    }
    return out
}

private func codeUnit(_ raw: UnsafeBufferPointer<UInt8>, at index: Int) -> UInt32 {
    guard index + 4 <= raw.count else { return 0xFFFD }
    return raw[index..<index + 4].reduce(0) { $0 << 4 | (hexDigit($1) ?? 0) }
}

private func append(_ scalar: UInt32, to out: inout [UInt8]) {
    let scalar = Unicode.Scalar(scalar) ?? "\u{FFFD}"
    out.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
}
