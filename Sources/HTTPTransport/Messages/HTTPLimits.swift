/// The bounds of one request. They hold for one attempt and start when the transfer starts, not while it waits for a
/// free connection.
public struct HTTPLimits: Sendable, Hashable {
    /// Time for name resolution, TCP connect and TLS handshake together.
    public var connectTimeout: Duration
    /// The transfer fails when fewer than `stallBytesPerSecond` bytes move for `stallTime` (whole seconds, at least 1).
    public var stallTime: Duration
    /// In bytes per second.
    public var stallBytesPerSecond: Int
    /// Time for the whole transfer, against servers that drip bytes for ever. Nil for none.
    public var deadline: Duration?
    /// Largest response body in bytes.
    public var maxBodyBytes: Int
    /// Largest response head in bytes, 1xx heads and trailers included.
    public var maxHeaderBytes: Int

    public init(
        connectTimeout: Duration = .seconds(10),
        stallTime: Duration = .seconds(30),
        stallBytesPerSecond: Int = 1,
        deadline: Duration? = .seconds(900),
        maxBodyBytes: Int = 512 << 20,
        maxHeaderBytes: Int = 64 << 10
    ) {
        self.connectTimeout = connectTimeout
        self.stallTime = stallTime
        self.stallBytesPerSecond = stallBytesPerSecond
        self.deadline = deadline
        self.maxBodyBytes = maxBodyBytes
        self.maxHeaderBytes = maxHeaderBytes
    }
}
