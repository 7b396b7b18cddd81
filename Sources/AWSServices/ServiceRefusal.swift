internal import AWSIdentity
internal import Foundation
internal import HTTPTransport

/// What a service says when it refuses: the same three things in each of its protocols.
struct ServiceRefusal {
    /// Without a namespace; empty when the answer is not the service's.
    var code = ""
    var message: String
    var kind: ServiceError.Kind

    init(_ response: HTTPResponse) {
        message = "status \(response.status) without the service's error document"
        if let fields = XMLFields(response.body) {
            code = fields["Error/Code"] ?? fields["Errors/Error/Code"] ?? ""
            message = fields["Error/Message"] ?? fields["Errors/Error/Message"] ?? message
        } else if let told = try? JSONDecoder().decode(Told.self, from: Data(response.body)) {
            // `com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException`
            code = told.type.flatMap { $0.split(separator: "#").last.map(String.init) } ?? ""
            message = told.message ?? message
        }
        message = String(message.prefix(500))
        kind = Self.kind(code, response.status)
    }

    private struct Told: Decodable {
        var type: String?
        var message: String?

        enum CodingKeys: String, CodingKey { case type = "__type", message, capitalMessage = "Message" }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            type = try container.decodeIfPresent(String.self, forKey: .type)
            message = try container.decodeIfPresent(String.self, forKey: .message) ?? container.decodeIfPresent(String.self, forKey: .capitalMessage)
        }
    }

    private static func kind(_ code: String, _ status: Int) -> ServiceError.Kind {
        switch code {
        case "NoSuchEntity", "NotFoundException", "ResourceNotFoundException": .notFound
        case "AccessDenied", "AccessDeniedException", "UnrecognizedClientException", "InvalidClientTokenId", "InvalidSignatureException", "MissingAuthenticationToken",
            "MissingAuthenticationTokenException", "SignatureDoesNotMatch": .accessDenied
        case "ExpiredToken", "ExpiredTokenException": .expiredCredentials
        case "Throttling", "ThrottlingException", "ProvisionedThroughputExceededException", "RequestLimitExceeded", "LimitExceededException": .throttled
        case "InternalServerError", "InternalFailure", "ServiceFailure", "ServiceUnavailable", "ServiceUnavailableException", "KMSInternalException", "DependencyTimeoutException",
            "TransactionInProgressException": .serverFault
        default: status >= 500 ? .serverFault : status == 429 ? .throttled : status == 403 ? .accessDenied : code.isEmpty ? .noUsableAnswer : .invalidRequest
        }
    }
}
