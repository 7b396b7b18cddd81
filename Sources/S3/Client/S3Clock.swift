public import Timestamps

/// Time and chance, passed in so that tests are exact.
public struct S3Clock: Sendable {
    /// The moment, for signatures and deadlines.
    public var now: @Sendable () -> Timestamp
    /// Waits before a retry; throws `CancellationError` when the task is cancelled.
    public var sleep: @Sendable (Duration) async throws -> Void
    /// A number from 0 up to, not including, 1: spreads retries.
    public var jitter: @Sendable () -> Double

    public init(
        now: @escaping @Sendable () -> Timestamp, sleep: @escaping @Sendable (Duration) async throws -> Void,
        jitter: @escaping @Sendable () -> Double
    ) {
        (self.now, self.sleep, self.jitter) = (now, sleep, jitter)
    }

    /// The system's clock and generator.
    public static let system = S3Clock(
        now: { Timestamp.now() }, sleep: { try await Task.sleep(for: $0) }, jitter: { Double.random(in: 0..<1) })
}
