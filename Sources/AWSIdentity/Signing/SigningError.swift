/// A request that cannot be signed. Nothing was sent.
public enum SigningError: Error, Sendable, Hashable {
    /// The URL is not `http://` or `https://` with a host, or it carries a user name.
    case invalidURL(reason: String)
    /// A credential holds a character that no header may hold (a line break, a control character), or is empty.
    /// `field` says which one; the value is not told.
    case invalidCredential(field: String)
    /// A header holds a control character other than a fold: `name` says which one.
    case invalidHeader(name: String)
    /// A presigned URL may live from one second to seven days; `seconds` is what was asked for.
    case invalidLifetime(seconds: Int)
}

extension SigningError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .invalidURL(let reason):
            "cannot sign this request: \(reason)"
        case .invalidCredential(let field):
            "cannot sign with these credentials: the \(field) is empty or holds a line break or control character; look at where it is set"
        case .invalidHeader(let name):
            "cannot sign this request: header \(name) holds a line break or control character"
        case .invalidLifetime(let seconds):
            "cannot presign a URL for \(seconds) s: AWS allows 1 to 604800 s (7 days)"
        }
    }
}
