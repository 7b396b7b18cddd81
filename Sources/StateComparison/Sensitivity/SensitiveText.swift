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

extension AttributePath {
    /// Whether one of the two paths lies at or below the other.
    func overlaps(_ other: AttributePath) -> Bool {
        zip(steps, other.steps).allSatisfy { $0.names(sameAs: $1) }
    }
}

extension AttributePath.Step {
    /// A map's key and an attribute of the same name are one place: a state does not tell them apart.
    func names(sameAs other: AttributePath.Step) -> Bool {
        switch (self, other) {
        case (.index(let left), .index(let right)): left == right
        case (.attribute(let left), .attribute(let right)), (.key(let left), .key(let right)), (.attribute(let left), .key(let right)),
            (.key(let left), .attribute(let right)):
            left == right
        case (.index, _), (_, .index): false
        }
    }
}

extension JSONValue {
    /// The value at a path; nil when there is none.
    func value(at path: AttributePath) -> JSONValue? {
        var value = self
        for step in path.steps {
            let next: JSONValue? =
                switch step {
                case .attribute(let name), .key(let name): value[name]
                case .index(let index): value.element(at: index)
                }
            guard let next else { return nil }
            value = next
        }
        return value
    }
}
