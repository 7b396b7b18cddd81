import Reports
import StateJSON

extension JSONNode {
    /// Levels of nesting that are shown as such. Deeper ones are given as their JSON text: readers of our documents stop at
    /// depths of their own (Python at 1000), and so must whoever builds and writes a tree.
    private static let deepest = 64

    /// A value of a state for output; numbers keep their text.
    init(_ value: JSONValue) { self.init(value, levels: Self.deepest) }

    private init(_ value: JSONValue, levels: Int) {
        switch value.kind {
        case .null: self = .null
        case .bool: self = .bool(value.bool ?? false)
        case .number: self = .number(value.numberText ?? "0")
        case .string: self = .string(value.string)
        case .array, .object:
            guard levels > 0 else {
                self = .string(String(decoding: value.canonicalBytes, as: UTF8.self))
                return
            }
            if value.isArray {
                self = .array(value.elements.map { JSONNode($0, levels: levels - 1) })
            } else {
                self = .object(JSONObject(value.members.map { ($0.key.string, JSONNode($0.value, levels: levels - 1)) }))
            }
        }
    }
}
