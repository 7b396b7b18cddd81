public import HTTPTransport
public import Timestamps

/// Where a service is and how to talk to it.
public struct ServiceConfiguration: Sendable {
    public var region: String
    /// A server other than AWS, such as `http://127.0.0.1:4566`.
    public var endpoint: String?
    public var useFIPS = false
    public var useDualStack = false
    public var trust = TLSTrust.system
    public var limits = HTTPLimits(deadline: .seconds(30), maxBodyBytes: 4 << 20)
    /// Attempts in all. Only requests that may be repeated should have more than one.
    public var maxAttempts = 3

    /// Time and chance, passed in so that tests are exact.
    public var now: @Sendable () -> Timestamp = { Timestamp.now() }
    public var sleep: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    /// 0 up to, not including, 1.
    public var jitter: @Sendable () -> Double = { Double.random(in: 0..<1) }

    public init(region: String, endpoint: String? = nil) {
        self.region = region
        self.endpoint = endpoint
    }
}
