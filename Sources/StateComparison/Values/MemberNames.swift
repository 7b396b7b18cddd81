import TerraformState

/// How the members of an object are printed in a path: maps as `tags["Name"]`, blocks as `ingress[0].from_port`.
enum MemberNames {
    /// A state does not tell maps from blocks. Attributes at the top and members of array elements are named by the schema;
    /// an object that is itself an attribute's value is nearly always a map (`timeouts` is the known exception).
    case byPlace
    /// The names of a JSON text's own objects, as far as no array lies between.
    case own

    func step(to key: String, below parent: AttributePath.Step?) -> AttributePath.Step {
        guard case .byPlace = self else { return .attribute(key) }
        switch parent {
        case .attribute(let parent)? where parent != "timeouts": return .key(key)
        case .key?: return .key(key)
        default: return .attribute(key)
        }
    }
}
