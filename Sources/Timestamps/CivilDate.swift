/// A day of the proleptic Gregorian calendar with a time of day, in UTC: the bridge between text and `Timestamp`.
struct CivilDate {
    var year: Int
    var month: Int
    var day: Int
    var hour: Int
    var minute: Int
    var second: Int
    var nanosecond: Int

    /// The moment, or nil when a field is out of its range or the year cannot be represented.
    ///
    /// A leap second (`:60`) is taken as the second after it, as S3's and Go's parsers do.
    var timestamp: Timestamp? {
        guard (1678...2261).contains(year), (1...12).contains(month), day >= 1, day <= Self.days(in: month, of: year),
            (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second), (0...999_999_999).contains(nanosecond)
        else { return nil }
        let seconds = Int64(Self.dayNumber(year, month, day)) * 86_400 + Int64(hour * 3_600 + minute * 60 + second)
        return Timestamp(nanoseconds: seconds * 1_000_000_000 + Int64(nanosecond))
    }

    init(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0, nanosecond: Int = 0) {
        (self.year, self.month, self.day) = (year, month, day)
        (self.hour, self.minute, self.second, self.nanosecond) = (hour, minute, second, nanosecond)
    }

    init(_ timestamp: Timestamp) {
        let seconds = timestamp.seconds
        // Int64.min's second lies one step outside the range of Int64 nanoseconds, so the remainder wraps.
        nanosecond = Int(timestamp.nanoseconds &- seconds &* 1_000_000_000)
        let dayNumber = Int(seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400)
        let secondOfDay = Int(seconds) - dayNumber * 86_400
        (hour, minute, second) = (secondOfDay / 3_600, secondOfDay / 60 % 60, secondOfDay % 60)
        (year, month, day) = Self.civil(fromDayNumber: dayNumber)
    }

    /// 0 is Sunday.
    var weekday: Int {
        let number = Self.dayNumber(year, month, day)
        return ((number + 4) % 7 + 7) % 7
    }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    // Days since 1970-01-01 and back, counted in 400-year eras that begin on 1 March:
    // https://howardhinnant.github.io/date_algorithms.html (public domain).
    private static func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func civil(fromDayNumber number: Int) -> (Int, Int, Int) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }
}
