import SecretDetection
import StateJSON
import TerraformState

/// Secrets that names and shapes give away.
enum SensitiveText {
    /// Whether a name on the way to the difference, or the look of one of its values, says that it is a secret.
    static func isSecret(_ difference: ValueDifference) -> Bool {
        for step in difference.path.reversed() {
            switch step {
            case .index: continue
            case .attribute(let name), .key(let name):
                if isSecret(name: name, difference) { return true }
            }
            break
        }
        return false
    }

    /// Whether texts under `name` are secrets, or one of the values holds a secret by its name or shape.
    static func isSecret(name: String, _ difference: ValueDifference) -> Bool {
        [difference.before, difference.after].contains { value in
            value.map { isSecret(name: name, $0) } ?? false
        }
    }

    private static func isSecret(name: String, _ value: JSONValue) -> Bool {
        switch value.kind {
        case .string:
            let text = value.string ?? ""
            return (SecretName.isSecret(name) && !text.isEmpty && !text.hasPrefix("arn:")) || SecretShape.isSecret(text)
        case .array:
            return value.elements.contains { isSecret(name: name, $0) }
        case .object:
            // Environment variables of containers: {"name": "DB_PASSWORD", "value": "…"}.
            if let variable = value["name"]?.string, SecretName.isSecret(variable), value["value"]?.string != nil { return true }
            return value.members.contains { isSecret(name: $0.key.string, $0.value) }
        case .null, .bool, .number:
            return false
        }
    }

    /// Whether `body` accepts one of the texts in a value.
    static func anyText(of value: JSONValue, _ body: (String) -> Bool) -> Bool {
        switch value.kind {
        case .string: value.string.map(body) ?? false
        case .array: value.elements.contains { anyText(of: $0, body) }
        case .object: value.members.contains { anyText(of: $0.value, body) }
        case .null, .bool, .number: false
        }
    }
}
