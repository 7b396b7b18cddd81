/// Where a secret is to be had. The configuration names the place, never the secret.
public enum SecretSource: Sendable, Equatable {
    /// The first line of a file (its line end dropped).
    case file(String)
    /// An environment variable.
    case environment(String)
    /// Standard output of a command, without a shell.
    case command(String)
}
