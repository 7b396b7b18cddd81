/// How to reach servers.
public enum ProxySetting: Sendable, Hashable {
    /// As the process environment says, by libcurl's rules: `http_proxy` (lower case only), `https_proxy`/`HTTPS_PROXY`,
    /// `all_proxy`/`ALL_PROXY`, `no_proxy`/`NO_PROXY` with CIDR blocks.
    case environment
    /// Directly, whatever the environment says.
    case direct
    /// Through this proxy (`http://user:password@host:port`), except for the hosts in `bypass`, a comma-separated list
    /// in the form of `NO_PROXY`.
    case url(String, bypass: String = "")
}

/// Without the user and password of the proxy.
extension ProxySetting: CustomStringConvertible, CustomDebugStringConvertible {
    public var description: String {
        switch self {
        case .environment: "as the environment says"
        case .direct: "direct"
        case .url(let url, let bypass): bypass.isEmpty ? Redaction.mask(url) : "\(Redaction.mask(url)) except for \(bypass)"
        }
    }

    public var debugDescription: String { description }
}
