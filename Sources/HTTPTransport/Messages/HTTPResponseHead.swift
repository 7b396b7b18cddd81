/// The status and header fields of a response. 1xx answers never show here.
public struct HTTPResponseHead: Sendable, Equatable {
    /// The status code, 200 to 599 and beyond: redirects and errors are answers, not thrown.
    public var status: Int
    public var headers: HTTPHeaders

    public init(status: Int, headers: HTTPHeaders) {
        self.status = status
        self.headers = headers
    }

    /// The announced size of the body in bytes, nil when the server did not say (chunked, or until close).
    public var contentLength: Int64? {
        headers["content-length"].flatMap { Int64($0) }.flatMap { $0 >= 0 ? $0 : nil }
    }
}
