internal import AWSEndpoints
internal import AWSIdentity
internal import Synchronization
internal import Timestamps

/// What a client learns while it works, shared by all its buckets and tasks.
final class S3Session: Sendable {
    private struct Learnt {
        var regions: [String: String] = [:]
        var endpoints: [S3EndpointParameters: ResolvedEndpoint] = [:]
        var skew = ClockSkew()
        var quota = S3RetryQuota()
    }

    private let learnt = Mutex(Learnt())

    func region(of bucket: String) -> String? { learnt.withLock { $0.regions[bucket] } }

    func remember(region: String, of bucket: String) { learnt.withLock { $0.regions[bucket] = region } }

    /// The rules give the same answer to the same question: they are asked once, not for each of 100 000 versions.
    func endpoint(_ parameters: S3EndpointParameters) throws(EndpointError) -> ResolvedEndpoint {
        if let known = learnt.withLock({ $0.endpoints[parameters] }) { return known }
        let resolved = try S3EndpointResolver.resolve(parameters)
        learnt.withLock { $0.endpoints[parameters] = resolved }
        return resolved
    }

    func time(at endpoint: String, now: Timestamp) -> Timestamp { learnt.withLock { $0.skew.time(at: endpoint, now: now) } }

    func learnClock(of endpoint: String, code: String, date: String, now: Timestamp) -> Bool {
        learnt.withLock { $0.skew.learn(endpoint: endpoint, code: code, date: date, now: now) }
    }

    func takeRetry(cost: Int) -> Bool { learnt.withLock { $0.quota.take(cost) } }

    func succeed(returning cost: Int) { learnt.withLock { $0.quota.succeed(returning: cost) } }
}
