@testable import TFGuardCommands
import Testing

@Suite struct ProgressTests {
    @Test func theLineTellsSpeedAndRemainingTime() {
        var rate = ProgressRate()
        var reading = ProgressReading(phase: "fetching", states: 12, done: 0, total: 100, bytes: 0, totalBytes: 100 << 20)
        rate.add(reading, at: .zero)
        reading.done = 25
        reading.bytes = 25 << 20
        rate.add(reading, at: .seconds(5))
        #expect(ProgressText.line(reading, rate: rate) == "fetching: 12 states, 25 of 100 versions (25 %), 25 MiB, 5.0 MiB/s, 15 s left")
        #expect(
            ProgressText.json(reading, rate: rate, elapsed: .seconds(5))
                == #"{"message_type":"progress","phase":"fetching","states":12,"done":25,"total":100,"unit":"versions","bytes":26214400,"total_bytes":104857600,"bytes_per_second":5242880,"remaining_seconds":15,"elapsed_seconds":5.000}"#)
    }

    @Test func nothingIsPromisedBeforeThereIsASpeed() {
        var rate = ProgressRate()
        let reading = ProgressReading(phase: "listing", states: 3, done: 40)
        #expect(rate.remaining(of: reading) == nil)
        rate.add(reading, at: .seconds(1))
        #expect(ProgressText.line(reading, rate: rate) == "listing: 3 states, 40 versions")
    }

    @Test func theSpeedFollowsTheLastSeconds() throws {
        var rate = ProgressRate()
        for second in 0...60 {
            // Slow for half a minute, then ten times faster.
            let bytes = Int64(second <= 30 ? second * 100 : 3000 + (second - 30) * 1000)
            rate.add(ProgressReading(phase: "fetching", bytes: bytes), at: .seconds(second))
        }
        let speed = try #require(rate.bytesPerSecond)
        #expect(abs(speed - 1000) < 1)
    }
}
