/// How a person names a state: `SITE[:KEY][@VERSION]`, `vault:SITE[:KEY][@VERSION]`, a path, or `-`.
public enum StateReference: Hashable, Sendable {
    /// A state of a site.
    case site(SiteReference)
    /// A local file.
    case path(String)
    /// Standard input.
    case standardInput

    /// The forms that are accepted, for messages.
    public static let acceptedForms =
        "SITE[:KEY][@VERSION], vault:SITE[:KEY][@VERSION], a path (./file for one whose name looks like a site), or - for standard input"
}

extension StateReference: CustomStringConvertible {
    /// Text that parses to the same reference.
    public var description: String {
        switch self {
        case .site(let reference): reference.description
        case .path(let path): path
        case .standardInput: "-"
        }
    }
}
