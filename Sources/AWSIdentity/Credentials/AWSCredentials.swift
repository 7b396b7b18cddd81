public import Timestamps

/// One set of AWS keys: long-term, or temporary with a session token and an end.
///
/// The secret and the token never appear in `description` or `debugDescription`, nor in a dump of a value that
/// contains one, so that credentials cannot reach a log by accident.
public struct AWSCredentials: Sendable, Hashable {
    /// The public half, e.g. `AKIAIOSFODNN7EXAMPLE`. It appears in every signed request.
    public var accessKeyID: String
    /// The secret half. It never leaves the process: only signatures made with it do.
    public var secretAccessKey: String
    /// Present when the keys are temporary; sent as `X-Amz-Security-Token`.
    public var sessionToken: String?
    /// The moment from which AWS refuses these keys; nil when they do not expire by themselves.
    public var expiration: Timestamp?
    /// The account the keys belong to, when the source says so.
    public var accountID: String?

    public init(
        accessKeyID: String,
        secretAccessKey: String,
        sessionToken: String? = nil,
        expiration: Timestamp? = nil,
        accountID: String? = nil
    ) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
        self.expiration = expiration
        self.accountID = accountID
    }
}

extension AWSCredentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// `AKIA…MPLE (temporary, until 2026-11-22T15:00:00Z)`: enough to recognise the keys, nothing to use them with.
    public var description: String {
        var notes: [String] = []
        if sessionToken != nil { notes.append("temporary") }
        if let expiration { notes.append("until \(expiration.rfc3339)") }
        if let accountID { notes.append("account \(accountID)") }
        let name = accessKeyID.count > 8 ? "\(accessKeyID.prefix(4))…\(accessKeyID.suffix(4))" : "…"
        return notes.isEmpty ? name : "\(name) (\(notes.joined(separator: ", ")))"
    }

    public var debugDescription: String { "AWSCredentials(\(description))" }

    public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}
