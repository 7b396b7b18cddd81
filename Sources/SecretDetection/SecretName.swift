/// Judges by the name alone whether an attribute, map key or environment variable holds a secret.
///
/// It serves where no schema says so: outputs, tags, environment variables, container definitions, providers without a
/// schema. It prefers to hide too much over showing one password, but what only talks *about* a secret (its ARN, its
/// rotation days, `http_tokens = "required"`) stays readable.
public enum SecretName {
    /// Whether a text under this name is taken for a secret.
    public static func isSecret(_ name: some StringProtocol) -> Bool {
        let words = words(of: name)
        guard let last = words.last, !descriptive.contains(last) else { return false }
        if words.contains(where: secretWords.contains) { return true }
        return zip(words, words.dropFirst()).contains { secretPairs.contains($0 + " " + $1) }
    }

    private static let secretWords: Set<String> = [
        "password", "passwords", "passwd", "passphrase", "pwd", "passcode", "secret", "secrets", "token", "apikey", "credential", "credentials",
        "privatekey", "secretkey", "accesskey", "authtoken", "psk",
    ]

    private static let secretPairs: Set<String> = [
        "private key", "secret key", "access key", "api key", "signing key", "shared key", "preshared key", "account key", "license key", "master key",
        "connection string", "connection strings", "client key", "host key", "auth key", "encryption passphrase", "key material", "key pem",
    ]

    /// Last words that make a name speak about a secret instead of holding one.
    private static let descriptive: Set<String> = [
        "arn", "arns", "id", "ids", "name", "names", "version", "versions", "length", "type", "types", "enabled", "enable", "policy", "url", "uri", "path",
        "ttl", "expiry", "expiration", "expires", "days", "hours", "minutes", "seconds", "count", "required", "at", "date", "rotation", "status", "state",
        "algorithm", "format", "prefix", "method", "validity", "duration", "lifetime", "fingerprint", "arnprefix", "rules", "from", "endpoint", "source",
        "reset", "change", "update", "created", "modified", "units", "unit", "use", "usage", "window", "time", "issuer", "audience", "alias", "description",
        "age", "history", "reuse", "characters", "symbols", "numbers", "only",
    ]

    /// The lower-case words of `dbMasterPassword`, `DB_MASTER_PASSWORD`, `db-master.password`.
    static func words(of name: some StringProtocol) -> [String] {
        var words: [String] = []
        var word = ""
        var previousIsLower = false
        for character in name.unicodeScalars {
            let isUpper = character.properties.isUppercase
            let isWordCharacter = character.properties.isAlphabetic || (48...57).contains(character.value)
            if !isWordCharacter || (isUpper && previousIsLower) {
                if !word.isEmpty { words.append(word) }
                word = ""
            }
            if isWordCharacter { word += String(character).lowercased() }
            previousIsLower = isWordCharacter && !isUpper
        }
        if !word.isEmpty { words.append(word) }
        return words
    }
}
