/// How long versions took to arrive on the DR side, as far as runs of tfguard saw it.
///
/// What is known of each version is a span: longer than the last run that missed it, no longer than the first that saw it. The
/// figures are the upper ends, so that they never flatter; frequent runs make them sharp.
public struct ReplicationLag: Sendable, Hashable {
    /// Versions whose arrival was seen.
    public var samples: Int
    /// Seconds that half of them took at most.
    public var median: Double
    public var p95: Double
    public var maximum: Double
    /// The largest time that some version took for certain.
    public var provenMaximum: Double
    /// Runs that the figures come from.
    public var runs: Int

    /// - Returns: nil when no arrival was seen yet.
    public init?(_ observations: [ReplicationObservation]) {
        let arrivals = observations.flatMap(\.arrived)
        guard !arrivals.isEmpty else { return nil }
        let sorted = arrivals.map(\.atMostSeconds).sorted()
        /// Nearest rank.
        func percentile(_ percent: Int) -> Double { sorted[max(0, (sorted.count * percent + 99) / 100 - 1)] }
        (samples, median, p95, maximum) = (sorted.count, percentile(50), percentile(95), percentile(100))
        provenMaximum = arrivals.map(\.atLeastSeconds).max() ?? 0
        runs = observations.count
    }
}
