import Testing
import Timestamps

@Suite struct TimestampTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("2026-11-22T14:02:14Z", 1_795_356_134), ("2000-02-29T23:59:59Z", 951_868_799),
        ("1969-12-31T23:59:59Z", -1), ("2026-11-22T15:02:14+01:00", 1_795_356_134), ("2026-11-22t14:02:14z", 1_795_356_134),
    ]) func readsRFC3339(text: String, seconds: Int64) {
        #expect(Timestamp(rfc3339: text)?.seconds == seconds)
    }

    @Test(arguments: [
        "2026-11-22T14:02:14", "06-07-2026", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-11-22T24:00:00Z", "2026-11-22T14:02:14.Z",
        "2026-11-22T14:02:14Zx", "", "２０26-11-22T14:02:14Z", "2026-11-22T14:02:14+25:00", "9999-01-01T00:00:00Z",
    ]) func refusesWhatIsNotRFC3339WithAZone(text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }

    @Test func keepsFractionsAndTrimsZerosLikeGo() {
        #expect(Timestamp(rfc3339: "2026-11-22T14:02:14.120Z")?.rfc3339 == "2026-11-22T14:02:14.12Z")
        #expect(Timestamp(rfc3339: "2026-11-22T14:02:14.000Z")?.rfc3339 == "2026-11-22T14:02:14Z")
        #expect(Timestamp(rfc3339: "2026-11-22T13:59:07.1234567899Z")?.rfc3339 == "2026-11-22T13:59:07.123456789Z")
    }

    @Test func everyDayOfFourCenturiesComesBack() {
        var moment = Timestamp(seconds: -9_000_000_000)
        while moment.seconds < 9_000_000_000 {
            #expect(Timestamp(rfc3339: moment.rfc3339) == moment)
            #expect(Timestamp(httpDate: moment.httpDate) == moment)
            #expect(Timestamp(amzDate: moment.amzDate) == moment)
            moment = moment + .seconds(86_400 * 37 + 12_345)
        }
    }

    @Test func writesTheFormsOfAWS() {
        let moment = Timestamp(seconds: 1_795_356_134)
        #expect(moment.amzDate == "20261122T140214Z")
        #expect(moment.amzDay == "20261122")
        #expect(moment.httpDate == "Sun, 22 Nov 2026 14:02:14 GMT")
    }

    @Test func extremesNeitherTrapNorWrap() {
        #expect(Timestamp(seconds: .max).nanoseconds == .max)
        #expect((Timestamp(nanoseconds: .max) + .seconds(5)).nanoseconds == .max)
        #expect((Timestamp(nanoseconds: .min) - .seconds(5)).nanoseconds == .min)
        #expect(Timestamp(nanoseconds: .min).rfc3339.hasPrefix("1677-"))
        #expect(Timestamp(nanoseconds: .max).rfc3339.hasPrefix("2262-"))
        #expect(Timestamp(nanoseconds: .max) - Timestamp(nanoseconds: .min) == .nanoseconds(Int64.max))
    }
}
