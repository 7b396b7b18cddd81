import SecretDetection
public import StateJSON
import TerraformState

/// Secrets that names and shapes give away.
public enum SensitiveText {
    /// Whether a name on the way to the difference, or the look of one of its values, says that it is a secret.
    static func isSecret(_ difference: ValueDifference) -> Bool {
        for step in difference.path.reversed() {
            switch step {
            case .index: continue
            case .attribute(let name), .key(let name): return isSecret(name: name, difference)
            }
        }
        return isSecret(name: "", difference)
    }

    /// Whether texts under `name` are secrets, or one of the values holds a secret by its name or shape.
    static func isSecret(name: String, _ difference: ValueDifference) -> Bool {
        [difference.before, difference.after].contains { value in
            value.map { isSecret(name: name, $0) } ?? false
        }
    }

    /// Whether a text in `value` is a secret by its look, by the name of the member that it stands in, or, where there is
    /// none, by `name`.
    public static func isSecret(name: String, _ value: JSONValue) -> Bool {
        for (inner, part) in value.nested {
            if part.isString {
                if holdsSecret(part) || SecretName.isSecret(inner?.string ?? name) && isSecretUnderItsName(part) { return true }
            } else if part.isObject, isSecretVariable(part) {
                return true
            }
        }
        return false
    }

    private static func holdsSecret(_ text: JSONValue) -> Bool { text.withDecodedBytes { SecretShape.isSecret($0) } }

    /// What names a secret elsewhere, or nothing, is none.
    private static func isSecretUnderItsName(_ text: JSONValue) -> Bool {
        text.withDecodedBytes { !$0.isEmpty && !$0.starts(with: "arn:".utf8) }
    }

    /// Environment variables of containers: {"name": "DB_PASSWORD", "value": "…"}.
    private static func isSecretVariable(_ object: JSONValue) -> Bool {
        guard object["value"]?.isString == true, let variable = object["name"]?.string else { return false }
        return SecretName.isSecret(variable)
    }
}
