public import StateJSON
public import TerraformState

/// One attribute, or one part of one, whose value changed.
public struct AttributeChange: Sendable {
    public var path: AttributePath
    /// The value before; nil when there was none.
    public var before: JSONValue?
    /// The value after; nil when there is none.
    public var after: JSONValue?
    /// Whether the values must not be shown unless the user asks.
    public var isSensitive: Bool
}
