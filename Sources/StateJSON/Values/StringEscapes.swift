/// The content of a string's bytes, escapes resolved. The tape has checked them already.
@usableFromInline func decodedBytes(of raw: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    Array(unsafeUninitializedCapacity: raw.count) { out, count in count = decode(raw, into: out) }
}

/// Writes the content of a string's bytes, which is never longer than they are; returns its length.
@usableFromInline func decode(_ raw: UnsafeBufferPointer<UInt8>, into out: UnsafeMutableBufferPointer<UInt8>) -> Int {
    var index = 0, length = 0
    while index < raw.count {
        let byte = raw[index]
        index += 1
        guard byte == UInt8(ascii: "\\"), index < raw.count else {
            out[length] = byte
            length += 1
            continue
        }
        let code = raw[index]
        index += 1
        switch code {
        case UInt8(ascii: "b"): out[length] = 0x08
        case UInt8(ascii: "f"): out[length] = 0x0C
        case UInt8(ascii: "n"): out[length] = 0x0A
        case UInt8(ascii: "r"): out[length] = 0x0D
        case UInt8(ascii: "t"): out[length] = 0x09
        case UInt8(ascii: "u"):
            for unit in UTF8.encode(scalar(raw, at: &index)) ?? UTF8.encodedReplacementCharacter {
                out[length] = unit
                length += 1
            }
            continue
        default: out[length] = code
        }
        length += 1
    }
    return length
}

/// The scalar whose four digits stand at `index`, of a surrogate pair together with its second half.
private func scalar(_ raw: UnsafeBufferPointer<UInt8>, at index: inout Int) -> Unicode.Scalar {
    let first = codeUnit(raw, at: index)
    index += 4
    if first & 0xFC00 == 0xD800, index + 6 <= raw.count, raw[index] == UInt8(ascii: "\\"), raw[index + 1] == UInt8(ascii: "u") {
        let second = codeUnit(raw, at: index + 2)
        if second & 0xFC00 == 0xDC00 {
            index += 6
            return Unicode.Scalar(0x10000 + (first & 0x3FF) << 10 + (second & 0x3FF)) ?? "\u{FFFD}"
        }
    }
    return Unicode.Scalar(first) ?? "\u{FFFD}"
}

private func codeUnit(_ raw: UnsafeBufferPointer<UInt8>, at index: Int) -> UInt32 {
    guard index + 4 <= raw.count else { return 0xFFFD }
    return raw[index..<index + 4].reduce(0) { $0 << 4 | (hexDigit($1) ?? 0) }
}
