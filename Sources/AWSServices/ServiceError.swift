/// Why a service did not do what was asked.
public struct ServiceError: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Kind: Sendable, Hashable {
        case accessDenied
        /// The thing that was asked about does not exist.
        case notFound
        case expiredCredentials
        /// Too many requests, also after retries.
        case throttled
        /// The service does not accept the request, and would not accept it again.
        case invalidRequest
        /// The server said that the fault is its own, also after retries.
        case serverFault
        /// No answer, or one that is none of the service's. A write may have happened all the same.
        case noUsableAnswer
        /// There were no credentials to sign with.
        case credentials
        /// The endpoint could not be resolved.
        case configuration
    }

    public var kind: Kind
    /// `iam`, `kms`, …
    public var service: String
    public var operation: String
    public var region: String
    /// The service's name of the error, without its namespace; empty when there was no answer.
    public var code: String
    /// The server's or the transport's words.
    public var message: String
    public var requestID: String?

    public init(kind: Kind, service: String, operation: String, region: String, code: String = "", message: String, requestID: String? = nil) {
        (self.kind, self.service, self.operation, self.region) = (kind, service, operation, region)
        (self.code, self.message, self.requestID) = (code, message, requestID)
    }

    public var description: String {
        let words = [code, message].filter { !$0.isEmpty }.joined(separator: ": ")
        return "\(service):\(operation)\(region.isEmpty ? "" : " in \(region)"): \(words)\(requestID.map { " (request \($0))" } ?? "")"
    }

    /// Whether the same request may do better a moment later.
    public var isWorthRepeating: Bool {
        switch kind {
        case .throttled, .serverFault, .noUsableAnswer: true
        default: false
        }
    }

    /// What the user can do about it.
    public var hint: String? {
        switch kind {
        case .accessDenied: "allow \(service):\(operation)"
        case .expiredCredentials, .credentials: "renew the credentials of the site's profile or role"
        case .throttled, .serverFault, .noUsableAnswer: "try again"
        case .configuration: "check the site's region and endpoints"
        case .notFound, .invalidRequest: nil
        }
    }
}
