internal import StateJSON

/// Terraform's own note of the backend that a folder was initialised with: `.terraform/terraform.tfstate`.
///
/// Version 3 of the state format with `backend` and no resources; see Terraform's `internal/command/workdir/backend_state.go`.
enum BackendCache {
    /// Type and settings, or nil when the bytes are no such file.
    static func read(_ bytes: [UInt8]) -> (type: String, settings: [String: BackendValue])? {
        guard let document = try? JSONDocument(parsing: StateBytes(bytes)) else { return nil }
        let root = document.root
        guard root.isObject, let backend = root["backend"] ?? root["state_store"] ?? root["remote"], let type = backend["type"]?.string else { return nil }
        guard case .object(let settings)? = backend["config"].map({ BackendValue($0) }) else { return (type, [:]) }
        return (type, settings)
    }
}

extension BackendValue {
    /// A value of Terraform's JSON: in the cache all are literal.
    init(_ value: JSONValue, templates: Bool = false) {
        switch value.kind {
        case .null: self = .null
        case .bool: self = .bool(value.bool ?? false)
        case .number: self = .number(value.numberText ?? "")
        case .string:
            let text = value.string ?? ""
            // In `*.tf.json` a string is a template; see https://developer.hashicorp.com/terraform/language/syntax/json.
            self = templates && (text.contains("${") || text.contains("%{")) ? .expression(text) : .string(text)
        case .array: self = .list(value.elements.map { BackendValue($0, templates: templates) })
        case .object:
            var members: [String: BackendValue] = [:]
            for (key, member) in value.members { members[key.string] = BackendValue(member, templates: templates) }
            self = .object(members)
        }
    }
}
