import StateJSON
import TerraformState

/// A place where two values differ.
struct ValueDifference {
    var path: [AttributePath.Step]
    var before: JSONValue?
    var after: JSONValue?
}

/// How to compare the arrays below an attribute.
enum CollectionKind {
    /// A provider schema answers for each path.
    case typed(isSet: (AttributePath) -> Bool?)
    /// Nothing is known: arrays are lists.
    case untyped

    func isSet(at path: [AttributePath.Step]) -> Bool {
        switch self {
        case .typed(let isSet): isSet(AttributePath(path)) ?? false
        case .untyped: false
        }
    }
}
