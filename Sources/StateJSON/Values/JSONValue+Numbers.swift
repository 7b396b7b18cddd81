extension JSONValue {
    /// A number exactly as written: `12345678901234567890123`, `1.0`, `1e2`. Nil for every other kind.
    public var numberText: String? {
        guard kind == .number else { return nil }
        return withRawBytes { String(decoding: $0, as: UTF8.self) }
    }

    /// The number, when it is written without fraction and exponent and fits.
    public var int: Int? {
        guard tag == TapeWord.Tag.integer else { return nil }
        return withRawBytes { text in
            let negative = text.first == UInt8(ascii: "-")
            guard let magnitude = decimalValue(text[(negative ? 1 : 0)...]) else { return nil }
            if !negative { return Int(exactly: magnitude) }
            return magnitude == UInt64(Int.max) + 1 ? Int.min : Int(exactly: magnitude).map { -$0 }
        }
    }

    /// The number, when it is written without sign, fraction and exponent and fits: Terraform's serial, which is a
    /// Go uint64.
    public var uint64: UInt64? {
        guard tag == TapeWord.Tag.integer else { return nil }
        return withRawBytes { decimalValue($0[...]) }
    }
}

/// Value of ASCII digits; nil when there is anything else or the value needs more than 64 bits.
func decimalValue(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> UInt64? {
    guard !digits.isEmpty else { return nil }
    var value: UInt64 = 0
    for byte in digits {
        let digit = byte &- UInt8(ascii: "0")
        guard digit < 10 else { return nil }
        let (product, high) = value.multipliedReportingOverflow(by: 10)
        let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
        if high || carry { return nil }
        value = sum
    }
    return value
}
