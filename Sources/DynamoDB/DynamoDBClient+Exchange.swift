internal import AWSEndpoints
internal import AWSIdentity
internal import Foundation
internal import HTTPTransport

extension DynamoDBClient {
    /// One operation, with its retries.
    func call<Question: Encodable, Answer: Decodable>(
        _ operation: String, _ table: String, _ question: Question, returning: Answer.Type
    ) async throws -> Answer {
        let body = try [UInt8](JSONEncoder().encode(question))
        var skew = ClockSkew()
        var refreshed = false
        var attempt = 1
        while true {
            let outcome = try await send(operation, table, body, skew)
            if case .success(let data) = outcome.result {
                do {
                    return try JSONDecoder().decode(Answer.self, from: Data(data))
                } catch {
                    throw failure(.noUsableAnswer, operation, table, code: "UnreadableAnswer", message: "the answer is not the JSON that \(operation) gives")
                }
            }
            guard case .failure(let error) = outcome.result else { continue }
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

    private struct Outcome {
        var result: Result<[UInt8], DynamoDBError>
        var refusal: HTTPResponse?
        var credentials: AWSCredentials?
    }

    private func send(_ operation: String, _ table: String, _ body: [UInt8], _ skew: ClockSkew) async throws -> Outcome {
        let endpoint: ResolvedEndpoint
        do {
            endpoint = try ServiceEndpoint.resolve(
                .dynamodb, region: configuration.region, endpoint: configuration.endpoint, useFIPS: configuration.useFIPS, useDualStack: configuration.useDualStack)
        } catch {
            throw failure(.configuration, operation, table, message: "\(error)")
        }
        var request = HTTPRequest(method: "POST", url: "\(endpoint.url.scheme)://\(endpoint.url.authority)/", body: .bytes(body), limits: configuration.limits, trust: configuration.trust)
        request.headers["Content-Type"] = "application/x-amz-json-1.0"
        request.headers["X-Amz-Target"] = "DynamoDB_20120810.\(operation)"
        let used: AWSCredentials
        do {
            used = try await credentials.credentials()
            try SigV4Signer.sign(
                &request, credentials: used, region: endpoint.signingRegion, service: endpoint.signingService,
                time: skew.time(at: configuration.region, now: configuration.now()), payload: PayloadHash(of: body), style: .standard)
        } catch let error as CancellationError {
            throw error
        } catch {
            throw failure(.credentials, operation, table, message: "\(error)")
        }
        do {
            let response = try await http.send(request)
            guard response.status == 200 else { return Outcome(result: .failure(error(for: response, operation, table)), refusal: response, credentials: used) }
            return Outcome(result: .success(response.body))
        } catch let error as TransportError {
            return Outcome(result: .failure(failure(.noUsableAnswer, operation, table, message: "\(error)")))
        }
    }

    private func error(for response: HTTPResponse, _ operation: String, _ table: String) -> DynamoDBError {
        struct Told: Decodable {
            var type: String?
            var message: String?

            enum CodingKeys: String, CodingKey { case type = "__type", message, capitalMessage = "Message" }

            init(from decoder: any Decoder) throws {
                let container = try decoder.container(keyedBy: CodingKeys.self)
                type = try container.decodeIfPresent(String.self, forKey: .type)
                message = try container.decodeIfPresent(String.self, forKey: .message) ?? container.decodeIfPresent(String.self, forKey: .capitalMessage)
            }
        }
        let told = try? JSONDecoder().decode(Told.self, from: Data(response.body))
        // `com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException`
        let code = told?.type.flatMap { $0.split(separator: "#").last.map(String.init) } ?? ""
        let message = told?.message ?? "status \(response.status) without DynamoDB's error document"
        var error = failure(Self.kind(code, response.status), operation, table, code: code, message: String(message.prefix(500)))
        error.requestID = response.headers["x-amzn-requestid"]
        return error
    }

    private static func kind(_ code: String, _ status: Int) -> DynamoDBError.Kind {
        switch code {
        case "ConditionalCheckFailedException": .conditionFailed
        case "ResourceNotFoundException": .noSuchTable
        case "AccessDeniedException", "UnrecognizedClientException", "InvalidSignatureException", "MissingAuthenticationTokenException", "SignatureDoesNotMatch": .accessDenied
        case "ExpiredTokenException": .expiredCredentials
        case "ThrottlingException", "ProvisionedThroughputExceededException", "RequestLimitExceeded", "LimitExceededException": .throttled
        case "InternalServerError", "InternalFailure", "ServiceUnavailable", "ServiceUnavailableException", "TransactionInProgressException": .serverFault
        default: status >= 500 ? .serverFault : status == 429 ? .throttled : status == 403 ? .accessDenied : code.isEmpty ? .noUsableAnswer : .invalidRequest
        }
    }

    private func failure(_ kind: DynamoDBError.Kind, _ operation: String, _ table: String, code: String = "", message: String) -> DynamoDBError {
        DynamoDBError(kind: kind, operation: operation, table: table, region: configuration.region, code: code, message: message)
    }
}

extension DynamoDBError {
    fileprivate var isWorthRepeating: Bool {
        switch kind {
        case .throttled, .serverFault, .noUsableAnswer: true
        default: false
        }
    }
}
