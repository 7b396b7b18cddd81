extension Timestamp {
    /// `2026-11-22T14:02:14Z`, with as many fraction digits as the moment has (none when it is a whole second).
    ///
    /// Source: RFC 3339, section 5.6; Go's `RFC3339Nano`, which Terraform's lock files use, trims zeros the same way.
    public var rfc3339: String {
        let date = CivilDate(self)
        var text = DigitText()
        text.append(date.year, width: 4)
        text.append("-")
        text.append(date.month, width: 2)
        text.append("-")
        text.append(date.day, width: 2)
        text.append("T")
        text.append(date.hour, width: 2)
        text.append(":")
        text.append(date.minute, width: 2)
        text.append(":")
        text.append(date.second, width: 2)
        if date.nanosecond > 0 {
            var (fraction, width) = (date.nanosecond, 9)
            while fraction % 10 == 0 { (fraction, width) = (fraction / 10, width - 1) }
            text.append(".")
            text.append(fraction, width: width)
        }
        text.append("Z")
        return text.string
    }

    /// `20261122T140214Z`: SigV4's `X-Amz-Date`.
    public var amzDate: String {
        let date = CivilDate(self)
        var text = DigitText()
        text.append(date.year, width: 4)
        text.append(date.month, width: 2)
        text.append(date.day, width: 2)
        text.append("T")
        text.append(date.hour, width: 2)
        text.append(date.minute, width: 2)
        text.append(date.second, width: 2)
        text.append("Z")
        return text.string
    }

    /// `20261122`: the day in SigV4's credential scope.
    public var amzDay: String {
        String(amzDate.prefix(8))
    }

    /// `Sun, 22 Nov 2026 14:02:14 GMT`: the form of HTTP's `Date`, `Last-Modified` and conditions (RFC 9110, section 5.6.7).
    public var httpDate: String {
        let date = CivilDate(self)
        var text = DigitText()
        text.append(Self.weekdays[date.weekday])
        text.append(", ")
        text.append(date.day, width: 2)
        text.append(" ")
        text.append(Self.months[date.month - 1])
        text.append(" ")
        text.append(date.year, width: 4)
        text.append(" ")
        text.append(date.hour, width: 2)
        text.append(":")
        text.append(date.minute, width: 2)
        text.append(":")
        text.append(date.second, width: 2)
        text.append(" GMT")
        return text.string
    }

    static let weekdays: [StaticString] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    static let months: [StaticString] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}

/// ASCII text under construction.
private struct DigitText {
    private var bytes: [UInt8] = []

    init() {
        bytes.reserveCapacity(36)
    }

    var string: String { String(decoding: bytes, as: UTF8.self) }

    mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    mutating func append(_ number: Int, width: Int) {
        var divisor = 1
        for _ in 1..<max(width, 1) { divisor *= 10 }
        while divisor > 0 {
            bytes.append(UInt8(truncatingIfNeeded: 48 + number / divisor % 10))
            divisor /= 10
        }
    }
}
