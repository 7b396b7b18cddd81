/// One HTTP/1.1 request.
public struct HTTPRequest: Sendable {
    /// The method, for example `GET`. A token of RFC 9110: letters, digits and the punctuation that it allows.
    public var method: String
    /// The absolute URL, `http://` or `https://`, already percent-encoded. Its path and query are sent byte for byte:
    /// `..` and `//` are not collapsed. No user information, no fragment.
    public var url: String
    /// The header fields to send. `Content-Length` is set from `body`.
    public var headers: HTTPHeaders
    public var body: HTTPBody
    public var limits: HTTPLimits
    /// Which certificate authorities may vouch for an `https://` server.
    public var trust: TLSTrust
    /// True for hosts that must never be reached through a proxy, such as the instance metadata service.
    public var proxyBypass: Bool
    /// Overrides the client's ``PlaintextPolicy`` for this request, nil to follow it.
    public var plaintextPolicy: PlaintextPolicy?

    public init(
        method: String = "GET",
        url: String,
        headers: HTTPHeaders = HTTPHeaders(),
        body: HTTPBody = .none,
        limits: HTTPLimits = HTTPLimits(),
        trust: TLSTrust = .system,
        proxyBypass: Bool = false,
        plaintextPolicy: PlaintextPolicy? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.limits = limits
        self.trust = trust
        self.proxyBypass = proxyBypass
        self.plaintextPolicy = plaintextPolicy
    }
}

/// Method and URL; headers, body and query may hold secrets and do not show.
extension HTTPRequest: CustomStringConvertible, CustomDebugStringConvertible {
    public var description: String { "\(method) \((try? URLLocation(url))?.redacted ?? "(unreadable URL)")" }
    public var debugDescription: String { description }
}
