/// Where credentials may travel over `http://`, readable by anyone on the way.
///
/// A request carries credentials when it has an `Authorization`, `x-amz-security-token`, `x-amz-sso_bearer_token` or
/// SSE-C key header, or a presigned query.
public enum PlaintextPolicy: Sendable, Hashable {
    /// Only to this machine: `localhost`, `127.0.0.0/8`, `[::1]`.
    case loopbackOnly
    /// Anywhere.
    case allowed
}
