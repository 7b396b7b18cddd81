internal import AWSServices
internal import Foundation

extension DynamoDBClient {
    /// One operation, with its retries.
    func call<Question: Encodable, Answer: Decodable>(
        _ operation: String, _ table: String, _ question: Question, returning: Answer.Type
    ) async throws -> Answer {
        let body = try [UInt8](JSONEncoder().encode(question))
        do {
            let answer = try await service.send(.json(operation, target: "DynamoDB_20120810", version: "1.0", body: body))
            guard let decoded = try? JSONDecoder().decode(Answer.self, from: Data(answer)) else { throw service.unreadable(operation) }
            return decoded
        } catch let error as ServiceError {
            throw DynamoDBError(error, table: table)
        }
    }
}

extension DynamoDBError {
    fileprivate init(_ error: ServiceError, table: String) {
        self.init(kind: Self.kind(error), operation: error.operation, table: table, region: error.region, code: error.code, message: error.message, requestID: error.requestID)
    }

    private static func kind(_ error: ServiceError) -> Kind {
        switch error.kind {
        case .notFound: .noSuchTable
        case .invalidRequest: error.code == "ConditionalCheckFailedException" ? .conditionFailed : .invalidRequest
        case .accessDenied: .accessDenied
        case .expiredCredentials: .expiredCredentials
        case .throttled: .throttled
        case .serverFault: .serverFault
        case .noUsableAnswer: .noUsableAnswer
        case .credentials: .credentials
        case .configuration: .configuration
        }
    }
}
