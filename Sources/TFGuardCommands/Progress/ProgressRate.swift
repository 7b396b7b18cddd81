/// The speed of the last few seconds, and what it means for the rest.
struct ProgressRate: Sendable {
    private var samples: [(time: Duration, done: Int, bytes: Int64)] = []

    /// A sample at a time since the start; those of the same half second are gathered into one.
    mutating func add(_ reading: ProgressReading, at time: Duration) {
        if let last = samples.last, samples.count > 1, time - last.time < .milliseconds(500) { return }
        samples.append((time, reading.done, reading.bytes))
        if samples.count > 20 { samples.removeFirst() }
    }

    /// Bytes a second; nil before there is anything to measure.
    var bytesPerSecond: Double? {
        guard let first = samples.first, let last = samples.last, last.time > first.time else { return nil }
        return Double(last.bytes - first.bytes) / ((last.time - first.time) / .seconds(1))
    }

    /// The time that the rest will take at this speed; by bytes where their total is known, else by count.
    func remaining(of reading: ProgressReading) -> Duration? {
        guard let first = samples.first, let last = samples.last, last.time > first.time else { return nil }
        let seconds = (last.time - first.time) / .seconds(1)
        let left: Double
        if let total = reading.totalBytes, last.bytes > first.bytes {
            left = Double(max(0, total - reading.bytes)) / (Double(last.bytes - first.bytes) / seconds)
        } else if let total = reading.total, last.done > first.done {
            left = Double(max(0, total - reading.done)) / (Double(last.done - first.done) / seconds)
        } else {
            return nil
        }
        return left < 360_000 ? .seconds(left.rounded(.up)) : nil
    }
}
