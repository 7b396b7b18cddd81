/// An S3 operation that did not succeed: what was asked of whom, what was answered, and what to do about it.
///
/// Everything in it may be shown and logged: it holds no credentials, no headers and nothing of an object's content.
public struct S3Error: Error, Sendable {
    /// What went wrong, to be branched on.
    public var kind: Kind
    /// The code of the answer (`NoSuchKey`), or a word of our own for what never got an answer.
    public var code: String
    /// The server's words, or ours.
    public var message: String
    /// The HTTP status; nil when there was no answer.
    public var status: Int?
    /// `x-amz-request-id`: AWS support asks for it.
    public var requestID: String?
    /// `x-amz-id-2`.
    public var hostID: String?

    /// The operation as AWS's API calls it, `GetObject`.
    public var operation: String
    public var bucket: String
    public var key: String?
    public var versionID: String?
    /// The region that the last request was signed for.
    public var region: String?
    /// The host that was asked.
    public var host: String?
    /// Requests that were sent before giving up.
    public var attempts = 1
    /// What lies below: a `TransportError`, an `EndpointError`, an error of the credential chain.
    public var cause: (any Error)?

    /// Sorts failures by what a caller does about them.
    public enum Kind: Hashable, Sendable {
        case accessDenied
        case noSuchBucket
        case noSuchKey
        case noSuchVersion
        /// The version asked for is a delete marker, or the key's current version is one.
        case deleteMarker
        /// 404 of something else: a configuration that is not set.
        case notConfigured
        /// An `If-…` condition was not met.
        case preconditionFailed
        /// Another write to the key was under way (409).
        case conflict
        case notModified
        case invalidRange
        /// The object is in an archive tier and must be restored first.
        case archived
        /// The credentials were refused: unknown key, wrong secret, malformed token.
        case invalidCredentials
        case expiredCredentials
        case clockSkew
        case wrongRegion
        case throttled
        case serverFault
        /// The server does not know the operation (405, 501).
        case notSupported
        /// A body that does not agree with what the server or the listing says of it, after retries.
        case damagedBody
        /// A listing that contradicts itself, makes no progress or cannot be read.
        case damagedListing
        /// An answer that is not what S3 sends (HTML, an empty 200, broken XML).
        case unreadableAnswer
        /// No answer: name resolution, connection, TLS, timeout, reset.
        case transport
        /// The time that the caller allowed for the operation is over.
        case deadline
        /// No request could be made from what is configured.
        case configuration
        /// No credentials were found.
        case credentials
        case other
    }

    init(_ kind: Kind, code: String, message: String, operation: String, bucket: String, key: String? = nil, versionID: String? = nil) {
        (self.kind, self.code, self.message, self.operation) = (kind, code, message, operation)
        (self.bucket, self.key, self.versionID) = (bucket, key, versionID)
    }

    /// Whether the same request may succeed later without anything being changed.
    public var isRetryable: Bool {
        switch kind {
        case .throttled, .serverFault, .transport, .damagedBody, .unreadableAnswer, .conflict, .expiredCredentials, .deadline: true
        default: false
        }
    }
}

extension S3Error: CustomStringConvertible {
    /// One line: operation, place, code, words, hint, ids.
    public var description: String {
        var text = "\(operation) \(place): \(code)"
        if let status { text += " (HTTP \(status))" }
        if !message.isEmpty { text += ": \(message)" }
        if attempts > 1 { text += " (after \(attempts) attempts)" }
        if let hint { text += ". \(hint)" }
        if let requestID { text += " [request id \(requestID)\(hostID.map { ", host id \($0)" } ?? "")]" }
        return text
    }

    /// `s3://bucket/key@version`.
    public var place: String {
        var text = "s3://\(bucket)"
        if let key { text += "/\(key)" }
        if let versionID { text += "@\(versionID)" }
        return text
    }
}
