/// Where the two AWS files are, and which profile is meant.
public struct ProfileFileLocations: Sendable, Hashable {
    /// `AWS_CONFIG_FILE`, or `~/.aws/config`.
    public let config: String
    /// `AWS_SHARED_CREDENTIALS_FILE`, or `~/.aws/credentials`.
    public let credentials: String
    /// Where SSO tokens are cached: `~/.aws/sso/cache`.
    public let ssoCache: String

    /// - Parameter home: the home directory to take when the environment has no `HOME`.
    public init(environment: [String: String], home: String?) {
        let home = environment.setting("HOME") ?? home ?? ""
        func expand(_ path: String) -> String { Self.expand(path, home: home, environment: environment) }
        config = expand(environment.setting("AWS_CONFIG_FILE") ?? "~/.aws/config")
        credentials = expand(environment.setting("AWS_SHARED_CREDENTIALS_FILE") ?? "~/.aws/credentials")
        ssoCache = expand("~/.aws/sso/cache")
    }

    /// `~`, `$NAME` and `${NAME}`, as botocore expands them; an unknown variable stays as written.
    static func expand(_ path: String, home: String, environment: [String: String]) -> String {
        var path = path
        if path == "~" || path.hasPrefix("~/") { path = home + path.dropFirst() }
        guard path.contains("$") else { return path }
        return path.replacing(/\$(?:(\w+)|\{(\w+)\})/) { match in
            let name = match.output.1 ?? match.output.2 ?? ""
            return environment[String(name)] ?? String(match.output.0)
        }
    }
}

extension [String: String] {
    /// The value of a variable; blank is the same as absent.
    func setting(_ name: String) -> String? {
        guard let value = self[name], !value.allSatisfy(\.isWhitespace) else { return nil }
        return value
    }

    /// Whether a switch is on: `true` in any letter case.
    func isTrue(_ name: String) -> Bool { setting(name)?.lowercased() == "true" }
}
