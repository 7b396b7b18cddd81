/// The "standard" retry mode of the AWS SDKs (https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html).
public struct S3RetryPolicy: Hashable, Sendable {
    /// Requests at most for one operation, the first included (`AWS_MAX_ATTEMPTS`). Changes of region, clock or
    /// credentials that repair a request do not count.
    public var maxAttempts: Int
    /// The longest wait before a retry.
    public var maxBackoff: Duration

    public init(maxAttempts: Int = 3, maxBackoff: Duration = .seconds(20)) {
        (self.maxAttempts, self.maxBackoff) = (max(1, maxAttempts), maxBackoff)
    }

    /// Full jitter: a random part of 1, 2, 4 … seconds, at most ``maxBackoff``.
    /// - Parameter attempt: how many requests have failed, from 1.
    func backoff(after attempt: Int, jitter: Double) -> Duration {
        let seconds = Double(1 << min(max(attempt - 1, 0), 16))
        return min(.seconds(seconds), maxBackoff) * jitter
    }
}
