internal import Yams

/// Keeps secrets out of the configuration: refuses keys that are made to hold one, and values that look like one.
enum SecretGuard {
    /// Whether an entry may be read at all. Notes the problem otherwise, never with the value.
    static func admits(key: String, value: Node, at mark: Mark?, path: String, problems: ProblemList) -> Bool {
        let name = key.lowercased().filter { $0 != "_" && $0 != "-" }
        if secretNames.contains(name), !YAMLMapping.isNull(value) {
            problems.add(
                .init(kind: .secret, line: mark?.line, column: mark?.column, key: path, message: "tfguard.yaml never holds secrets", hint: remedy(name)))
            return false
        }
        // The key of SSE-C may be pointed at, as {file: …} or {environment: …}, but not be written down.
        if name == "ssecustomerkey" || name == "passphrase", case .scalar = value, !YAMLMapping.isNull(value) {
            problems.add(
                .init(kind: .secret, line: mark?.line, column: mark?.column, key: path, message: "tfguard.yaml never holds secrets", hint: remedy(name)))
            return false
        }
        if case .scalar(let scalar) = value, looksLikeAccessKey(scalar.string) {
            problems.add(
                .init(
                    kind: .secret, line: value.mark?.line, column: value.mark?.column, key: path, message: "looks like an AWS access key",
                    hint: remedy("accesskey")))
            return false
        }
        return true
    }

    private static let secretNames: Set<String> = [
        "accesskey", "accesskeyid", "awsaccesskeyid", "secretkey", "secretaccesskey", "awssecretaccesskey", "token", "sessiontoken",
        "awssessiontoken", "password", "secret", "webidentitytoken", "privatekey", "encryptionkey", "apikey", "credentials",
    ]

    private static func remedy(_ name: String) -> String {
        switch name {
        case "ssecustomerkey": "write sse_customer_key: { file: PATH } or { environment: NAME }"
        case "password", "passphrase", "secret", "encryptionkey", "privatekey":
            "write passphrase_command, passphrase_file or kms_key_id"
        default: "remove it, and name a profile or role_arn, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment"
        }
    }

    /// Key ids of users and of temporary credentials begin so and have twenty characters:
    /// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
    private static func looksLikeAccessKey(_ text: String) -> Bool {
        guard text.utf8.count == 20, text.hasPrefix("AKIA") || text.hasPrefix("ASIA") else { return false }
        return text.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
