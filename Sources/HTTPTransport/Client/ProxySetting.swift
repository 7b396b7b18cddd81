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
