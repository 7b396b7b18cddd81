public import AWSEndpoints
public import AWSIdentity
public import HTTPTransport

/// Signed requests to a service that has one endpoint a region, with the repairs and retries that all of them need: an
/// expired credential is renewed and a wrong clock corrected, each once; what a moment may cure is tried again.
public struct ServiceClient: Sendable {
    public let service: AWSService
    public var configuration: ServiceConfiguration
    let credentials: any CredentialProvider
    let http: any HTTPClient

    public init(_ service: AWSService, _ configuration: ServiceConfiguration, credentials: any CredentialProvider, http: any HTTPClient) {
        (self.service, self.configuration) = (service, configuration)
        (self.credentials, self.http) = (credentials, http)
    }

    /// Calls the service and gives out the body of its answer.
    ///
    /// - Throws: ``ServiceError``, or `CancellationError`.
    public func send(_ call: ServiceCall) async throws -> [UInt8] {
        var skew = ClockSkew()
        var refreshed = false
        var attempt = 1
        while true {
            let outcome = try await attemptOnce(call, skew)
            switch outcome.result {
            case .success(let body): return body
            case .failure(let error):
                if let response = outcome.refusal {
                    // Two causes can be put right at once, each tried once.
                    if let date = response.headers["date"], skew.learn(endpoint: configuration.region, code: error.code, date: date, now: configuration.now()) { continue }
                    if error.kind == .expiredCredentials, !refreshed, let used = outcome.credentials {
                        refreshed = true
                        await credentials.invalidate(used)
                        continue
                    }
                }
                guard attempt < configuration.maxAttempts, error.isWorthRepeating else { throw error }
                try await configuration.sleep(.milliseconds(Int(configuration.jitter() * Double(min(100 << attempt, 20_000)))))
                attempt += 1
            }
        }
    }

    /// An answer that is not what the operation gives.
    public func unreadable(_ operation: String) -> ServiceError {
        failure(.noUsableAnswer, operation, code: "UnreadableAnswer", message: "the answer is not what \(operation) gives")
    }

    private struct Outcome {
        var result: Result<[UInt8], ServiceError>
        var refusal: HTTPResponse?
        var credentials: AWSCredentials?
    }

    private func attemptOnce(_ call: ServiceCall, _ skew: ClockSkew) async throws -> Outcome {
        let endpoint: ResolvedEndpoint
        do {
            endpoint = try ServiceEndpoint.resolve(
                service, region: configuration.region, endpoint: configuration.endpoint, useFIPS: configuration.useFIPS, useDualStack: configuration.useDualStack)
        } catch {
            throw failure(.configuration, call.operation, message: "\(error)")
        }
        var request = HTTPRequest(method: "POST", url: "\(endpoint.url.scheme)://\(endpoint.url.authority)/", body: .bytes(call.body), limits: configuration.limits, trust: configuration.trust)
        request.headers = call.headers
        let used: AWSCredentials
        do {
            used = try await credentials.credentials()
            try SigV4Signer.sign(
                &request, credentials: used, region: endpoint.signingRegion, service: endpoint.signingService,
                time: skew.time(at: configuration.region, now: configuration.now()), payload: PayloadHash(of: call.body), style: .standard)
        } catch let error as CancellationError {
            throw error
        } catch {
            throw failure(.credentials, call.operation, message: "\(error)")
        }
        do {
            let response = try await http.send(request)
            guard response.status == 200 else {
                let refusal = ServiceRefusal(response)
                var error = failure(refusal.kind, call.operation, code: refusal.code, message: refusal.message)
                error.requestID = response.headers["x-amzn-requestid"]
                return Outcome(result: .failure(error), refusal: response, credentials: used)
            }
            return Outcome(result: .success(response.body))
        } catch let error as TransportError {
            return Outcome(result: .failure(failure(.noUsableAnswer, call.operation, message: "\(error)")))
        }
    }

    private func failure(_ kind: ServiceError.Kind, _ operation: String, code: String = "", message: String) -> ServiceError {
        ServiceError(kind: kind, service: service.rawValue, operation: operation, region: configuration.region, code: code, message: message)
    }
}
