public import Timestamps

/// Amounts as people read them. Machines get plain numbers.
public enum Quantity {
    /// `1 state`, `12 345 states`.
    public static func count(_ number: some BinaryInteger, _ one: String, _ many: String) -> String {
        "\(grouped(number)) \(number == 1 ? one : many)"
    }

    /// Digits in groups of three from 10 000 on: `12 345`.
    public static func grouped(_ number: some BinaryInteger) -> String {
        let digits = String(number)
        guard digits.count > 4 else { return digits }
        var result = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0, digits.first != "-" || index > 1 { result += " " }
            result.append(digit)
        }
        return result
    }

    /// Binary units with one digit behind the point below 10: `512 B`, `3.4 KiB`, `27 MiB`.
    public static func bytes(_ number: some BinaryInteger) -> String {
        var value = Double(Int64(clamping: number))
        guard value >= 1024 else { return "\(number) B" }
        for unit in ["KiB", "MiB", "GiB", "TiB"] {
            value /= 1024
            if value < 9.95 {
                let tenths = Int((value * 10).rounded())
                return "\(tenths / 10).\(tenths % 10) \(unit)"
            }
            if value < 1023.5 || unit == "TiB" { return "\(Int(value.rounded())) \(unit)" }
        }
        return "\(number) B"
    }

    /// RFC 3339 in UTC, to the second: `2026-11-22T14:02:14Z`.
    public static func moment(_ time: Timestamp) -> String {
        Timestamp(seconds: time.seconds).rfc3339
    }

    /// `0.4 s`, `12 s`, `3 min 20 s`, `2 h 5 min`.
    public static func duration(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        switch seconds {
        case ..<10: return "\(seconds).\(attoseconds / 100_000_000_000_000_000) s"
        case ..<60: return "\(seconds) s"
        case ..<3600: return "\(seconds / 60) min \(seconds % 60) s"
        default: return "\(seconds / 3600) h \(seconds % 3600 / 60) min"
        }
    }
}
