/// A length of time as people type it: `90s`, `15m`, `36h`, `7d`, `2w`, or several together, largest first (`1d12h`).
///
/// There are no months or years: their length depends on the calendar.
public struct RelativeTime: Hashable, Sendable, CustomStringConvertible {
    /// Whole seconds, never negative.
    public let seconds: Int64

    public init?(seconds: Int64) {
        guard seconds >= 0 else { return nil }
        self.seconds = seconds
    }

    /// - Returns: nil when the text is anything else, or too long for 64 bits of nanoseconds.
    public init?(_ text: some StringProtocol) {
        var total: Int64 = 0
        var smallest = Int64.max
        var digits: Int64?
        for scalar in text.unicodeScalars {
            if let digit = Int64(exactly: Int64(scalar.value) - 48), (0...9).contains(digit) {
                let (tens, overflow) = (digits ?? 0).multipliedReportingOverflow(by: 10)
                guard !overflow, tens <= Int64.max - digit else { return nil }
                digits = tens + digit
            } else {
                guard let count = digits, let unit = Self.units.first(where: { $0.letter == scalar })?.seconds, unit < smallest else { return nil }
                let (product, overflow) = count.multipliedReportingOverflow(by: unit)
                guard !overflow, total <= Self.maximum - min(product, Self.maximum), product <= Self.maximum else { return nil }
                total += product
                smallest = unit
                digits = nil
            }
        }
        guard digits == nil, smallest != Int64.max else { return nil }
        seconds = total
    }

    public var duration: Duration { .seconds(seconds) }

    /// The canonical text: largest units first, `0s` for none.
    public var description: String {
        var rest = seconds
        var text = ""
        for unit in Self.units where unit.letter != "w" {
            if rest >= unit.seconds {
                text += "\(rest / unit.seconds)\(unit.letter)"
                rest %= unit.seconds
            }
        }
        return text.isEmpty ? "0s" : text
    }

    /// The forms that are accepted, for messages.
    public static let acceptedForms = "90s, 15m, 36h, 7d, 2w or 1d12h"

    private static let units: [(letter: Unicode.Scalar, seconds: Int64)] = [
        ("w", 604_800), ("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1),
    ]
    private static let maximum = Int64.max / 1_000_000_000
}
