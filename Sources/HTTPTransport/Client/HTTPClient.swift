/// Sends HTTP requests. Statuses are not judged: a 404 or 503 is a response.
///
/// Every method throws ``TransportError`` when no complete response arrived, and `CancellationError` when the calling
/// task was cancelled.
public protocol HTTPClient: Sendable {
    /// Sends a request and collects the body, up to ``HTTPLimits/maxBodyBytes``.
    func send(_ request: HTTPRequest) async throws -> HTTPResponse

    /// Sends a request and gives the response to `sink` as it arrives. Returns after the last byte.
    func send(_ request: HTTPRequest, into sink: any ResponseBodySink) async throws -> HTTPResponseHead

    /// Sends a request and returns as soon as the head is there. The server is held back while the body is not read.
    func stream(_ request: HTTPRequest) async throws -> (head: HTTPResponseHead, body: HTTPBodyStream)
}
