extension Timestamp {
    /// Reads an RFC 3339 time with a zone: `2026-11-22T14:02:14Z`, `…14.123Z`, `…14+01:00`; digits beyond nanoseconds are dropped.
    ///
    /// Nil for anything else, a time without a zone included: whose clock it meant would be a guess.
    public init?(rfc3339 text: some StringProtocol) {
        var cursor = DateCursor(text)
        guard let year = cursor.number(4), cursor.skip("-"), let month = cursor.number(2), cursor.skip("-"), let day = cursor.number(2),
            cursor.skip("T") || cursor.skip("t") || cursor.skip(" "),
            let hour = cursor.number(2), cursor.skip(":"), let minute = cursor.number(2), cursor.skip(":"), let second = cursor.number(2)
        else { return nil }
        var nanosecond = 0
        if cursor.skip(".") {
            guard let fraction = cursor.fraction() else { return nil }
            nanosecond = fraction
        }
        var offset = 0
        if !(cursor.skip("Z") || cursor.skip("z")) {
            let sign: Int
            if cursor.skip("+") { sign = 1 } else if cursor.skip("-") { sign = -1 } else { return nil }
            guard let hours = cursor.number(2), cursor.skip(":"), let minutes = cursor.number(2), hours < 24, minutes < 60 else { return nil }
            offset = sign * (hours * 3_600 + minutes * 60)
        }
        let date = CivilDate(year: year, month: month, day: day, hour: hour, minute: minute, second: second, nanosecond: nanosecond)
        guard cursor.isAtEnd, let local = date.timestamp else { return nil }
        self = local - .seconds(offset)
    }

    /// Reads `Sun, 22 Nov 2026 14:02:14 GMT` (RFC 9110's preferred form, the only one that AWS sends).
    public init?(httpDate text: some StringProtocol) {
        var cursor = DateCursor(text)
        guard cursor.index(in: Self.weekdays) != nil, cursor.skip(","), cursor.skip(" "), let day = cursor.number(2), cursor.skip(" "),
            let month = cursor.index(in: Self.months), cursor.skip(" "), let year = cursor.number(4), cursor.skip(" "),
            let hour = cursor.number(2), cursor.skip(":"), let minute = cursor.number(2), cursor.skip(":"), let second = cursor.number(2),
            cursor.skip(" "), cursor.skip("G"), cursor.skip("M"), cursor.skip("T"), cursor.isAtEnd,
            let moment = CivilDate(year: year, month: month + 1, day: day, hour: hour, minute: minute, second: second).timestamp
        else { return nil }
        self = moment
    }

    /// Reads SigV4's `20261122T140214Z`.
    public init?(amzDate text: some StringProtocol) {
        var cursor = DateCursor(text)
        guard let year = cursor.number(4), let month = cursor.number(2), let day = cursor.number(2), cursor.skip("T"),
            let hour = cursor.number(2), let minute = cursor.number(2), let second = cursor.number(2), cursor.skip("Z"), cursor.isAtEnd,
            let moment = CivilDate(year: year, month: month, day: day, hour: hour, minute: minute, second: second).timestamp
        else { return nil }
        self = moment
    }
}

/// Walks over the bytes of a date; each step either takes what it names or leaves the cursor where it was.
private struct DateCursor {
    private let bytes: [UInt8]
    private var position = 0

    init(_ text: some StringProtocol) {
        // No valid date is longer; a hostile one is not copied whole.
        bytes = Array(text.utf8.prefix(64))
    }

    var isAtEnd: Bool { position == bytes.count }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard position < bytes.count, UInt32(bytes[position]) == character.value else { return false }
        position += 1
        return true
    }

    /// Exactly `width` digits.
    mutating func number(_ width: Int) -> Int? {
        guard position + width <= bytes.count else { return nil }
        var value = 0
        for byte in bytes[position..<position + width] {
            guard (48...57).contains(byte) else { return nil }
            value = value * 10 + Int(byte - 48)
        }
        position += width
        return value
    }

    /// One or more digits, as nanoseconds.
    mutating func fraction() -> Int? {
        var (value, digits) = (0, 0)
        while position < bytes.count, (48...57).contains(bytes[position]) {
            if digits < 9 { value = value * 10 + Int(bytes[position] - 48) }
            digits += 1
            position += 1
        }
        guard digits > 0 else { return nil }
        for _ in 0..<max(0, 9 - digits) { value *= 10 }
        return value
    }

    /// The place of the three-letter name in `names`.
    mutating func index(in names: [StaticString]) -> Int? {
        guard position + 3 <= bytes.count else { return nil }
        let found = names.firstIndex { name in name.withUTF8Buffer { $0.elementsEqual(bytes[position..<position + 3]) } }
        if found != nil { position += 3 }
        return found
    }
}
