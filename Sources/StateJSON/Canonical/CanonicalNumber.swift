/// One spelling for each numeric value, without ever passing through floating point: 1.0, 1e0 and 1 are `1`; big
/// integers keep every digit.
///
/// The value is taken apart into digits without leading or trailing zeros and a power of ten. Whole numbers of at most
/// 40 digits and fractions of at most 40 places are written plainly, everything else as `digits e power`. Zero is `0`,
/// whatever its sign. An exponent beyond 18 digits stays as written.
func appendCanonicalNumber(_ text: UnsafeBufferPointer<UInt8>, to out: inout [UInt8]) {
    var index = 0
    let negative = text.first == UInt8(ascii: "-")
    if negative { index = 1 }
    var digits: [UInt8] = [], places = 0, inFraction = false
    while index < text.count, text[index] | 0x20 != UInt8(ascii: "e") {
        if text[index] == UInt8(ascii: ".") {
            inFraction = true
        } else {
            digits.append(text[index])
            if inFraction { places += 1 }
        }
        index += 1
    }
    guard let first = digits.firstIndex(where: { $0 != UInt8(ascii: "0") }) else {
        out.append(UInt8(ascii: "0"))
        return
    }
    digits.removeFirst(first)
    guard var exponent = writtenExponent(text[index...]) else {
        out.append(contentsOf: text)
        return
    }
    exponent -= places
    while digits.last == UInt8(ascii: "0") {
        digits.removeLast()
        exponent += 1
    }
    if negative { out.append(UInt8(ascii: "-")) }
    write(digits, exponent, to: &out)
}

/// The number behind `e`; 0 without one, nil beyond 18 digits.
private func writtenExponent(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
    var rest = text.dropFirst()
    let down = rest.first == UInt8(ascii: "-")
    if down || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    rest = rest.drop { $0 == UInt8(ascii: "0") }
    if rest.isEmpty { return 0 }
    guard rest.count <= 18, let size = decimalValue(rest) else { return nil }
    return down ? -Int(size) : Int(size)
}

private let plainLimit = 40

private func write(_ digits: [UInt8], _ exponent: Int, to out: inout [UInt8]) {
    let zero = UInt8(ascii: "0")
    if exponent == 0 || (exponent > 0 && exponent <= plainLimit && digits.count + exponent <= plainLimit) {
        out.append(contentsOf: digits)
        out.append(contentsOf: repeatElement(zero, count: exponent))
    } else if exponent < 0, exponent >= -plainLimit {
        let whole = digits.count + exponent
        if whole > 0 {
            out.append(contentsOf: digits[..<whole])
            out.append(UInt8(ascii: "."))
            out.append(contentsOf: digits[whole...])
        } else {
            out.append(contentsOf: [zero, UInt8(ascii: ".")])
            out.append(contentsOf: repeatElement(zero, count: -whole))
            out.append(contentsOf: digits)
        }
    } else {
        out.append(contentsOf: digits)
        out.append(UInt8(ascii: "e"))
        out.append(contentsOf: String(exponent).utf8)
    }
}
