public import StateJSON

/// An output of the root module.
public struct StateOutput: Sendable {
    public let name: String
    /// The whole entry: `value`, `type`, `sensitive`.
    public let entry: JSONValue

    init(name: String, value: JSONValue) {
        self.name = name
        entry = value
    }

    /// The output's value; nil when the entry has none.
    public var value: JSONValue? { entry["value"] ?? entry.field("value") }
    /// The cty type in JSON: `"string"`, `["list","string"]`, `["object",{…}]`, `"dynamic"`.
    public var type: JSONValue? { entry.field("type") }
    public var isSensitive: Bool { entry.field("sensitive")?.bool ?? false }
}
