internal import AWSIdentity
internal import Synchronization
internal import Timestamps

/// What a client learns while it works, shared by all its buckets and tasks.
final class S3Session: Sendable {
    private struct Learnt {
        var regions: [String: String] = [:]
        var skew = ClockSkew()
        var quota = S3RetryQuota()
    }

    private let learnt = Mutex(Learnt())

    func region(of bucket: String) -> String? { learnt.withLock { $0.regions[bucket] } }

    func remember(region: String, of bucket: String) { learnt.withLock { $0.regions[bucket] = region } }

    func time(at endpoint: String, now: Timestamp) -> Timestamp { learnt.withLock { $0.skew.time(at: endpoint, now: now) } }

    func learnClock(of endpoint: String, code: String, date: String, now: Timestamp) -> Bool {
        learnt.withLock { $0.skew.learn(endpoint: endpoint, code: code, date: date, now: now) }
    }

    func takeRetry(cost: Int) -> Bool { learnt.withLock { $0.quota.take(cost) } }

    func succeed(returning cost: Int) { learnt.withLock { $0.quota.succeed(returning: cost) } }
}
