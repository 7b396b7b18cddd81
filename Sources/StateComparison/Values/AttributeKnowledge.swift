public import TerraformState

/// What is known about a resource type's attributes, usually from a provider schema.
public protocol AttributeKnowledge: Sendable {
    /// Whether the array at `path` of a resource of this type is a set (true), a list (false), or of unknown kind (nil).
    func isSet(type: String, mode: ResourceMode?, path: AttributePath) -> Bool?
    /// Whether the provider marks the attribute at `path` as sensitive.
    func isSensitive(type: String, mode: ResourceMode?, path: AttributePath) -> Bool
}

/// Knows nothing of any provider.
public struct UnknownProviders: AttributeKnowledge {
    public init() {}

    public func isSet(type: String, mode: ResourceMode?, path: AttributePath) -> Bool? { nil }

    public func isSensitive(type: String, mode: ResourceMode?, path: AttributePath) -> Bool { false }
}
