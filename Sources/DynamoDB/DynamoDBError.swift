/// Why DynamoDB did not do what was asked.
public struct DynamoDBError: Error, Sendable, CustomStringConvertible {
    public enum Kind: Sendable, Hashable {
        /// The condition did not hold.
        case conditionFailed
        /// No table of this name in this region and account.
        case noSuchTable
        case accessDenied
        case expiredCredentials
        /// Too many requests, also after retries.
        case throttled
        /// The table, key or values are not of the form that the table wants.
        case invalidRequest
        /// The server said that the fault is its own, also after retries.
        case serverFault
        /// No answer, or one that is none of DynamoDB's. A write may have happened all the same.
        case noUsableAnswer
        /// There were no credentials to sign with.
        case credentials
        /// The endpoint could not be resolved.
        case configuration
    }

    public var kind: Kind
    public var operation: String
    public var table: String
    public var region: String
    /// DynamoDB's name of the error, without its namespace; empty when there was no answer.
    public var code: String
    /// The server's or the transport's words.
    public var message: String
    public var requestID: String?

    public var description: String {
        let place = "\(operation) on table \(table)\(region.isEmpty ? "" : " in \(region)")"
        let words = [code, message].filter { !$0.isEmpty }.joined(separator: ": ")
        return "\(place): \(words)\(requestID.map { " (request \($0))" } ?? "")\(hint.map { "; \($0)" } ?? "")"
    }

    /// What the user can do about it.
    public var hint: String? {
        switch kind {
        case .noSuchTable: "check lock.dynamodb_table and the site's region"
        case .accessDenied: "allow dynamodb:GetItem, dynamodb:PutItem and dynamodb:DeleteItem on the table"
        case .expiredCredentials, .credentials: "renew the credentials of the site's profile or role"
        case .throttled, .serverFault, .noUsableAnswer: "try again"
        case .configuration: "check the site's region and endpoints"
        case .conditionFailed, .invalidRequest: nil
        }
    }
}
