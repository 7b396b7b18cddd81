internal import S3

/// Something that could not be read or done. Holds no credentials and nothing of a state's content.
public struct SnapshotProblem: Sendable, Hashable {
    /// `SITE:KEY@id=VERSION`, `SITE:KEY` or `SITE`; not escaped for terminals.
    public var reference: String
    /// A short stable word: `access-denied`, `archived`, `damaged-body`, ….
    public var code: String
    public var message: String
    /// What to do next.
    public var hint: String?

    public init(reference: String, code: String, message: String, hint: String? = nil) {
        self.reference = reference
        self.code = code
        self.message = message
        self.hint = hint
    }

    init(_ error: S3Error, reference: String) {
        var message = error.code
        if let status = error.status { message += " (HTTP \(status))" }
        if !error.message.isEmpty { message += ": \(error.message)" }
        if error.attempts > 1 { message += " (after \(error.attempts) attempts)" }
        self.init(reference: reference, code: Self.code(of: error.kind), message: message, hint: error.hint)
    }

    static func code(of kind: S3Error.Kind) -> String {
        switch kind {
        case .accessDenied: "access-denied"
        case .noSuchBucket: "no-such-bucket"
        case .noSuchKey, .noSuchVersion, .deleteMarker: "vanished"
        case .archived: "archived"
        case .invalidCredentials, .credentials: "credentials"
        case .expiredCredentials: "expired-credentials"
        case .clockSkew: "clock-skew"
        case .wrongRegion: "wrong-region"
        case .throttled: "throttled"
        case .serverFault: "server-fault"
        case .damagedBody: "damaged-body"
        case .damagedListing: "damaged-listing"
        case .unreadableAnswer: "unreadable-answer"
        case .transport: "transport"
        case .deadline: "deadline"
        case .configuration: "configuration"
        case .notSupported: "not-supported"
        default: "s3-error"
        }
    }
}
