internal import AWSEndpoints
internal import AWSIdentity
internal import HTTPTransport
internal import Timestamps

/// One operation from first request to answer: finds the endpoint, signs every attempt afresh, repairs what can be
/// repaired once (region, clock, credentials), retries what may pass by itself.
struct S3Exchange: Sendable {
    let client: S3Client
    let bucket: String
    let request: S3Request

    /// Where and with which keys an attempt went.
    struct Route: Sendable {
        var endpoint: ResolvedEndpoint
        var credentials: AWSCredentials?
        var time: Timestamp
    }

    /// What one attempt came to.
    enum Verdict<Answer> {
        case done(Answer)
        /// An answer that says no.
        case refused(HTTPResponse)
        /// No answer, or none that can be believed.
        case failed(S3Error)
    }

    /// Sends until there is an answer that `read` accepts. What `read` throws is retried like a server fault when it
    /// is retryable.
    func run<Answer>(
        settle: (S3Error) async throws -> Answer? = { _ in nil }, _ read: (S3Answer) async throws(S3Error) -> Answer
    ) async throws -> Answer {
        try await repeating(prepare: { $0.limits.maxBodyBytes = min($0.limits.maxBodyBytes, XMLReader.sizeLimit) }, settle: settle) { http, route in
            let response = try await client.http.send(http)
            guard (200..<300).contains(response.status), !isErrorInSuccess(response) else { return .refused(response) }
            let answer = S3Answer(status: response.status, headers: response.headers, body: response.body) { failure($0, code: $1, message: $2, route) }
            do throws(S3Error) {
                return .done(try await read(answer))
            } catch {
                return .failed(error)
            }
        }
    }

    /// The loop of attempts.
    /// - Parameters:
    ///   - prepare: changes a request just before it is signed (ranges of a resumed download).
    ///   - progress: bytes that arrived in all attempts up to now: an attempt that brought much counts as the first.
    ///   - settle: asked after each failure, before the request is repeated or given up: an answer found by other means
    ///     (a write whose answer was lost is read back), or nil.
    func repeating<Answer>(
        prepare: (inout HTTPRequest) -> Void = { _ in }, progress: () -> Int = { 0 },
        settle: (S3Error) async throws -> Answer? = { _ in nil },
        _ attempt: (HTTPRequest, Route) async throws -> Verdict<Answer>
    ) async throws -> Answer {
        let start = client.clock.now()
        var repairs = Repairs()
        var sent = 0
        var counted = 0
        var seen = 0
        var cost = 0
        while true {
            let remaining = client.configuration.objectDeadline - (client.clock.now() - start)
            guard remaining > .zero else { throw overdue(sent) }
            let (http, route) = try await signed(prepare, remaining)
            let isLastChance = (client.configuration.limits.deadline ?? remaining) >= remaining
            sent += 1
            counted += 1
            var error: S3Error
            var refusal: HTTPResponse?
            do {
                switch try await attempt(http, route) {
                case .done(let answer):
                    client.session.succeed(returning: cost)
                    return answer
                case .refused(let response):
                    refusal = response
                    error = self.error(for: response, route)
                case .failed(let failure): error = failure
                }
            } catch let transport as TransportError {
                error = self.error(for: transport, route)
            }
            try Task.checkCancellation()
            // The deadline of one request is not yet that of the object: a download goes on where it was.
            if error.kind == .deadline, !isLastChance { error.kind = .transport }
            error.attempts = sent
            if let refusal, try await repairs.attempt(self, refusal, error, route) {
                counted -= 1
                continue
            }
            if let settled = try await settle(error) { return settled }
            let arrived = progress()
            if arrived - seen >= 1 << 20 { counted = 1 }
            seen = arrived
            let isTimeout = error.isTimeout
            guard error.isWorthRepeating || request.repeatsConflicts && error.kind == .conflict, counted < client.configuration.retry.maxAttempts else { throw error }
            guard client.session.takeRetry(cost: S3RetryQuota.cost(afterTimeout: isTimeout)) else {
                error.message += " (no further retries: too many requests of this run have failed)"
                throw error
            }
            cost += S3RetryQuota.cost(afterTimeout: isTimeout)
            try await client.clock.sleep(client.configuration.retry.backoff(after: counted, jitter: client.clock.jitter()))
        }
    }

    private func overdue(_ sent: Int) -> S3Error {
        var error = failure(.deadline, code: "Deadline", message: "took longer than \(client.configuration.objectDeadline)", nil)
        error.attempts = max(sent, 1)
        return error
    }

    /// Copy, CompleteMultipartUpload and DeleteObjects answer 200 before they have done the work, and may then say
    /// `<Error>` in the body.
    private func isErrorInSuccess(_ response: HTTPResponse) -> Bool {
        guard !response.body.isEmpty, response.body.count <= 64 << 10 else { return false }
        return (try? XMLElement.parse(response.body))?.name == "Error"
    }
}

extension S3Error {
    var isTimeout: Bool {
        guard let cause = cause as? TransportError, case .timeout = cause.code else { return false }
        return true
    }

    /// Whether the retry loop may send the same request again. Conflicts and deadlines are the caller's to decide.
    var isWorthRepeating: Bool {
        switch kind {
        case .throttled, .serverFault, .damagedBody, .damagedListing, .unreadableAnswer: true
        case .transport: (cause as? TransportError)?.isRetryable ?? false
        default: false
        }
    }
}
