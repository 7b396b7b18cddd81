/// One thing that is wrong in a configuration file.
public struct ConfigurationProblem: Equatable, Sendable {
    /// What kind of mistake it is.
    public enum Kind: String, Sendable, Equatable {
        case unreadableFile, invalidYAML, unknownKey, duplicateKey, missingKey, wrongType, invalidValue, secret
    }

    public var kind: Kind
    /// 1-based; nil when the file as a whole is meant.
    public var line: Int?
    /// 1-based, counted in Unicode scalars.
    public var column: Int?
    /// Where in the document: `sites.primary.bucket`; empty for the root.
    public var key: String
    public var message: String
    /// What to do next.
    public var hint: String?

    public init(kind: Kind, line: Int? = nil, column: Int? = nil, key: String, message: String, hint: String? = nil) {
        self.kind = kind
        self.line = line
        self.column = column
        self.key = key
        self.message = message
        self.hint = hint
    }
}
