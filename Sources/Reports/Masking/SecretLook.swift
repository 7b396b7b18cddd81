/// Whether a value looks like a secret although Terraform did not mark it as sensitive.
///
/// Terraform's marks are not enough: a `terraform_data` output held a password unmarked (hashicorp/terraform#35609),
/// and states written before 0.14 carry no marks at all. Masking too much costs a `--reveal`; too little, a password.
public enum SecretLook {
    /// Whether the name of an output or attribute says that its value is a secret.
    public static func isSecretName(_ name: String) -> Bool {
        let words = words(of: name)
        if words.contains(where: { secretWords.contains($0) }) { return true }
        return zip(words, words.dropFirst()).contains { secretPairs.contains("\($0) \($1)") }
    }

    /// Whether the text itself is a private key, a token of a known form, or a URL that carries a password.
    public static func isSecretValue(_ value: String) -> Bool {
        if value.contains("PRIVATE KEY-----") { return true }
        if prefixes.contains(where: { value.hasPrefix($0) }) && value.utf8.count >= 20 { return true }
        if value.hasPrefix("eyJ"), value.split(separator: ".", omittingEmptySubsequences: false).count == 3 { return true }
        return hasPasswordInURL(value)
    }

    /// `scheme://user:password@host`.
    private static func hasPasswordInURL(_ value: String) -> Bool {
        guard let scheme = value.firstRange(of: "://") else { return false }
        let authority = value[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard let at = authority.lastIndex(of: "@"), let colon = authority[..<at].firstIndex(of: ":") else { return false }
        return authority.index(after: colon) < at
    }

    /// `dbPassword`, `db-password` and `DB_PASSWORD` are the words db, password.
    private static func words(of name: String) -> [String] {
        var words: [String] = []
        var word = ""
        var lastWasLower = false
        for character in name {
            if character.isUppercase, lastWasLower, !word.isEmpty {
                words.append(word)
                word = ""
            }
            if character.isLetter || character.isNumber {
                word += character.lowercased()
            } else if !word.isEmpty {
                words.append(word)
                word = ""
            }
            lastWasLower = character.isLowercase || character.isNumber
        }
        if !word.isEmpty { words.append(word) }
        return words
    }

    private static let secretWords: Set<String> = [
        "password", "passwords", "passwd", "passphrase", "pwd", "secret", "secrets", "token", "tokens", "apikey", "credential",
        "credentials", "kubeconfig", "privatekey", "dsn",
    ]
    private static let secretPairs: Set<String> = [
        "private key", "access key", "api key", "secret key", "connection string", "client key", "signing key", "auth key",
        "encryption key", "ssh key", "license key", "user data", "shared key", "preshared key",
    ]
    private static let prefixes = ["ghp_", "gho_", "ghs_", "github_pat_", "glpat-", "xoxb-", "xoxp-", "sk_live_", "hvs.", "AGE-SECRET-KEY-"]
}
