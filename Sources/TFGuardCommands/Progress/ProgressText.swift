import Reports

/// A reading as one line.
enum ProgressText {
    /// For people: `fetching: 12 states, 340 of 1234 versions (27 %), 3.4 MiB, 1.2 MiB/s, 2 min 5 s left`.
    static func line(_ reading: ProgressReading, rate: ProgressRate) -> String {
        var parts: [String] = []
        if reading.states > 0 { parts.append(Quantity.count(reading.states, "state", "states")) }
        if let total = reading.total {
            let percent = total > 0 ? reading.done * 100 / total : 100
            parts.append("\(Quantity.grouped(reading.done)) of \(Quantity.grouped(total)) \(reading.unit) (\(percent) %)")
        } else {
            parts.append("\(Quantity.grouped(reading.done)) \(reading.unit)")
        }
        if reading.bytes > 0 { parts.append(Quantity.bytes(reading.bytes)) }
        if reading.bytes > 0, let speed = rate.bytesPerSecond, speed >= 1 { parts.append("\(Quantity.bytes(Int64(speed)))/s") }
        if let remaining = rate.remaining(of: reading) { parts.append("\(Quantity.duration(remaining)) left") }
        return "\(reading.phase): \(parts.joined(separator: ", "))"
    }

    /// For programs: one JSON object with `message_type` `progress`.
    static func json(_ reading: ProgressReading, rate: ProgressRate, elapsed: Duration) -> String {
        JSONWriter.line(
            .object([
                "message_type": .string("progress"),
                "phase": .string(reading.phase),
                "states": .integer(reading.states),
                "done": .integer(reading.done),
                "total": .integer(reading.total),
                "unit": .string(reading.unit),
                "bytes": .integer(reading.bytes),
                "total_bytes": .integer(reading.totalBytes),
                "bytes_per_second": .integer(rate.bytesPerSecond.map { Int64($0) }),
                "remaining_seconds": .integer(rate.remaining(of: reading)?.components.seconds),
                "elapsed_seconds": .seconds(elapsed),
            ]))
    }
}
