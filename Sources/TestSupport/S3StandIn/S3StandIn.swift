internal import Synchronization

/// An S3 service on 127.0.0.1, path-style, that answers as AWS does where a backup tool can tell the difference:
/// versions, `null` versions, delete markers, interleaved paging, conditions, checksums, errors. Signatures are not
/// checked. Faults are injected request by request.
///
/// Sources: Amazon S3 API reference (ListObjectVersions, GetObject, PutObject, CopyObject, DeleteObject, Error responses).
public final class S3StandIn: Sendable {
    let service: S3Service
    public let server: ScriptedServer

    /// Starts with no bucket.
    ///
    /// - Parameter clock: seconds since 1970 for `LastModified`.
    /// - Throws: ``ServerStartError``.
    public init(port: UInt16 = 0, settings: Settings = Settings(), clock: @escaping @Sendable () -> Int64 = currentSeconds) throws {
        let service = S3Service(settings: settings, clock: clock)
        self.service = service
        var options = ScriptedServer.Options()
        options.logsBodies = false
        server = try ScriptedServer(port: port, options: options) { service.answer($0) }
    }

    /// The endpoint, `http://127.0.0.1:port`.
    public var url: String { server.url }

    /// Every request so far, in order, without bodies.
    public var requests: [Request] { service.state.withLock(\.requests) }

    /// Forgets the requests so far.
    public func forgetRequests() { service.state.withLock { $0.requests = [] } }

    public func changeSettings(_ change: (inout Settings) -> Void) { service.state.withLock { change(&$0.settings) } }

    /// Makes requests that fit go wrong.
    ///
    /// - Parameters:
    ///   - times: after how many requests the fault is over.
    ///   - condition: which requests it strikes. Called with the stand-in locked: it must not call back.
    public func inject(_ fault: Fault, times: Int = .max, when condition: @escaping @Sendable (Request) -> Bool = { _ in true }) {
        service.state.withLock { $0.faults.append(InjectedFault(fault: fault, left: times, condition: condition)) }
    }

    public func removeFaults() { service.state.withLock { $0.faults = [] } }
}

extension S3StandIn {
    public struct Settings: Sendable {
        /// Answers 403 AccessDenied to requests that carry neither an `Authorization` header nor a presigned query.
        public var requiresAuthorization = false
        /// When set, `x-amz-date` may differ from the clock by 15 minutes; else 403 RequestTimeTooSkewed.
        public var checksClock = false
        /// When set, a request signed for another region than the bucket's gets 400 AuthorizationHeaderMalformed.
        public var checksRegion = false
        /// Seconds by which the server's clock is ahead of the stand-in's.
        public var clockOffset: Int64 = 0
        /// Whether `encoding-type=url` is honoured, as AWS does and SeaweedFS and moto do not.
        public var honoursEncodingType = true
        /// Whether a page lists its versions first and its delete markers behind them, as moto does.
        public var listsMarkersLast = false
        /// What the server makes of conditions on writes.
        public var conditions = Conditions.honoured
        /// Largest page of a listing.
        public var pageLimit = 1000

        public init() {}
    }

    /// What a server makes of `If-Match` and `If-None-Match` on a write.
    public enum Conditions: Sendable {
        case honoured
        /// Every write passes.
        case ignored
        /// `If-Match` is refused even when it holds, and `If-None-Match` passes, as Ceph 16 does.
        case unusable
    }
}
