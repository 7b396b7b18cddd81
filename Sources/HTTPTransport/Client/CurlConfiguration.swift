/// What holds for every request of a ``CurlClient``.
public struct CurlConfiguration: Sendable, Hashable {
    /// Transfers under way at a time to one scheme, host and port; further ones wait their turn, first come first served.
    public var maxTransfersPerHost: Int
    /// Transfers under way at a time, and connections kept open for reuse.
    public var maxTransfers: Int
    public var plaintextPolicy: PlaintextPolicy
    public var proxy: ProxySetting
    /// Sent as `User-Agent` unless the request brings its own; empty for none.
    public var userAgent: String

    public init(
        maxTransfersPerHost: Int = 32,
        maxTransfers: Int = 64,
        plaintextPolicy: PlaintextPolicy = .loopbackOnly,
        proxy: ProxySetting = .environment,
        userAgent: String = ""
    ) {
        self.maxTransfersPerHost = max(1, maxTransfersPerHost)
        self.maxTransfers = max(1, maxTransfers)
        self.plaintextPolicy = plaintextPolicy
        self.proxy = proxy
        self.userAgent = userAgent
    }
}
