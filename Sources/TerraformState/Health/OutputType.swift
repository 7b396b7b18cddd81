internal import StateJSON

/// The `type` of an output: a cty type in JSON, and whether a value can be of it. Looks at the outermost level; deeper
/// contradictions do not come from anything that writes states.
enum OutputType {
    static func admits(_ type: JSONValue, _ value: JSONValue) -> Bool {
        let name = type.isArray ? type.element(at: 0) : type
        guard let name = name?.string else { return false }
        switch (name, type.isArray) {
        case ("string", false), ("number", false), ("bool", false): return value.isScalar
        case ("dynamic", false): return value.isNull || value.isObject
        case ("list", true), ("set", true), ("tuple", true): return value.isNull || value.isArray
        case ("map", true), ("object", true): return value.isNull || value.isObject
        default: return false
        }
    }
}
