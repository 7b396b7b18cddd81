/// Limits retries over all operations of a client, so that a server in trouble is not drowned: 500 tokens, 5 for a
/// retry, 10 for one after a timeout; success gives back what its retries took, or 1.
struct S3RetryQuota: Hashable, Sendable {
    static let capacity = 500
    private(set) var tokens = S3RetryQuota.capacity

    static func cost(afterTimeout: Bool) -> Int { afterTimeout ? 10 : 5 }

    /// Takes `cost` tokens; false, and takes none, when there are not enough.
    mutating func take(_ cost: Int) -> Bool {
        guard tokens >= cost else { return false }
        tokens -= cost
        return true
    }

    mutating func succeed(returning cost: Int) {
        tokens = min(Self.capacity, tokens + max(cost, 1))
    }
}
