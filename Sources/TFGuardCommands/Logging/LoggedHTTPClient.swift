import HTTPTransport
import Logging

/// Tells every request and its answer to the log, at debug level (`-vv`): method, host and path, status, time.
struct LoggedHTTPClient: HTTPClient {
    private let client: any HTTPClient
    private let log: Logger

    /// - Returns: the client itself when nobody listens.
    init(_ client: any HTTPClient, log: Logger) {
        self.client = client
        self.log = log
    }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        try await logged(request, status: \.status) { try await client.send(request) }
    }

    func send(_ request: HTTPRequest, into sink: any ResponseBodySink) async throws -> HTTPResponseHead {
        try await logged(request, status: \.status) { try await client.send(request, into: sink) }
    }

    func stream(_ request: HTTPRequest) async throws -> (head: HTTPResponseHead, body: HTTPBodyStream) {
        try await logged(request, status: \.head.status) { try await client.stream(request) }
    }

    private func logged<Answer>(_ request: HTTPRequest, status: (Answer) -> Int, _ send: () async throws -> Answer) async throws -> Answer {
        guard log.logLevel <= .debug else { return try await send() }
        let start = ContinuousClock.now
        do {
            let answer = try await send()
            log.debug("request", metadata: metadata(request, since: start, ["status": "\(status(answer))"]))
            return answer
        } catch {
            log.debug("request failed", metadata: metadata(request, since: start, ["error": "\(error)"]))
            throw error
        }
    }

    private func metadata(_ request: HTTPRequest, since start: ContinuousClock.Instant, _ more: Logger.Metadata) -> Logger.Metadata {
        let elapsed = Int((ContinuousClock.now - start) / .milliseconds(1))
        return more.merging(["method": "\(request.method)", "url": "\(request.url)", "ms": "\(elapsed)"]) { $1 }
    }
}
