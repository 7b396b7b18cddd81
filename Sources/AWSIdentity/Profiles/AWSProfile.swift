/// One property of a profile, and where it was written.
public struct AWSProfileProperty: Sendable, Hashable {
    /// Which of the two files.
    public enum File: Sendable, Hashable { case config, credentials }

    /// The text after the equals sign, trimmed; continuation lines follow after line breaks.
    public var value: String
    /// The indented `name = value` lines below a property without a value of its own (`s3 =`), names in lower case.
    public var subproperties: [String: String]
    public var file: File
    /// Counted from 1.
    public var line: Int
}

/// One `[profile …]`, `[sso-session …]` or `[services …]` section, merged from all places that define it.
public struct AWSProfile: Sendable, Hashable {
    public let name: String
    /// By name in lower case.
    public var properties: [String: AWSProfileProperty] = [:]

    init(name: String) { self.name = name }

    /// The value of a property, or nil when it is absent or empty.
    public subscript(key: String) -> String? {
        guard let value = properties[key]?.value, !value.isEmpty else { return nil }
        return value
    }

    /// Every property with its value, for `AWSEndpoints` and others that take a plain dictionary.
    public var values: [String: String] { properties.mapValues(\.value) }
}

extension AWSProfile: CustomStringConvertible, CustomReflectable {
    /// The names of the properties; values may be secrets and are not told.
    public var description: String { "profile \(name) (\(properties.keys.sorted().joined(separator: ", ")))" }

    public var customMirror: Mirror { Mirror(self, children: ["name": name], displayStyle: .struct) }
}
