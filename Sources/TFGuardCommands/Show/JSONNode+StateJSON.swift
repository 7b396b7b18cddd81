import Reports
import StateJSON

extension JSONNode {
    /// A value of a state for output; numbers keep their text.
    init(_ value: JSONValue) {
        switch value.kind {
        case .null: self = .null
        case .bool: self = .bool(value.bool ?? false)
        case .number: self = .number(value.numberText ?? "0")
        case .string: self = .string(value.string)
        case .array: self = .array(value.elements.map { JSONNode($0) })
        case .object: self = .object(JSONObject(value.members.map { ($0.key.string, JSONNode($0.value)) }))
        }
    }
}
