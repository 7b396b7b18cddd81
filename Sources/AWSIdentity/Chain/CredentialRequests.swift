internal import HTTPTransport
internal import Timestamps

/// Sends the small requests of credential sources: a few attempts, a pause between them that grows, every failure a
/// typed error.
struct CredentialRequests: Sendable {
    let world: IdentityWorld
    let source: String
    /// In all, the first one included.
    var attempts = 3
    /// In all, when no answer comes.
    var attemptsWithoutAnswer = 3
    /// Seconds; the pause before attempt n is a random part of this times 2^n.
    var pause = 0.2

    /// Codes that ask for patience, whatever the status (AWS SDKs, standard retry mode).
    private static let retryable: Set<String> = [
        "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottled", "RequestThrottledException",
        "TooManyRequestsException", "RequestLimitExceeded", "SlowDown", "InternalError", "InternalFailure",
        "ServiceUnavailable", "RequestTimeout", "RequestTimeoutException",
    ]

    typealias ErrorReader = (HTTPResponse) -> (code: String?, message: String?, requestID: String?)

    /// How the last attempt ended.
    enum Outcome {
        /// With a status of 200 to 299.
        case answer(HTTPResponse)
        case refusal(AWSServiceError)
        case silence(TransportError)
    }

    /// The answer, with a status of 200 to 299.
    ///
    /// - Parameters:
    ///   - retryCodes: further error codes that are worth another attempt.
    ///   - error: finds code, message and request id in an error answer.
    ///   - learns: looks at a refusal and says whether the next request will be made in another way because of it.
    ///   - request: makes the request of one attempt, signed at its moment.
    /// - Throws: ``CredentialSourceError`` or `CancellationError`.
    func send(
        service: String, operation: String, retryCodes: Set<String> = [], error: ErrorReader,
        learns: (HTTPResponse, String) -> Bool = { _, _ in false }, request: () throws -> HTTPRequest
    ) async throws -> HTTPResponse {
        let outcome = try await exchange(
            service: service, operation: operation, retryCodes: retryCodes, error: error, learns: learns, request: request)
        switch outcome {
        case .answer(let response): return response
        case .refusal(let problem): throw CredentialSourceError(source: source, reason: .service(problem))
        case .silence(let problem):
            throw CredentialSourceError(source: source, reason: .unreachable("\(service) could not be asked: \(problem)"))
        }
    }

    /// As ``send(service:operation:retryCodes:error:learns:request:)``, with failures for the caller to judge.
    func exchange(
        service: String, operation: String, retryCodes: Set<String> = [], error: ErrorReader,
        learns: (HTTPResponse, String) -> Bool = { _, _ in false }, request: () throws -> HTTPRequest
    ) async throws -> Outcome {
        var attempt = 1
        while true {
            do {
                let response = try await world.http.send(limited(request()))
                if (200..<300).contains(response.status) { return .answer(response) }
                let (code, message, requestID) = error(response)
                let canRetry =
                    response.status >= 500 || response.status == 429
                    || code.map { Self.retryable.contains($0) || retryCodes.contains($0) || learns(response, $0) } == true
                if attempt >= attempts || !canRetry {
                    return .refusal(
                        AWSServiceError(
                            service: service, operation: operation, status: response.status, code: code,
                            message: message, requestID: requestID))
                }
            } catch let problem as TransportError {
                if attempt >= min(attempts, attemptsWithoutAnswer) || !problem.isRetryable { return .silence(problem) }
            } catch let problem as SigningError {
                throw CredentialSourceError(source: source, reason: .invalid("\(problem)"))
            }
            try await world.sleep(.seconds(world.random() * pause * Double(1 << min(attempt, 6))))
            attempt += 1
        }
    }

    /// Answers of credential services are small; whoever sends more is none.
    private func limited(_ request: HTTPRequest) -> HTTPRequest {
        var request = request
        request.limits.maxBodyBytes = 256 << 10
        request.limits.deadline = min(request.limits.deadline ?? .seconds(60), .seconds(60))
        return request
    }
}
