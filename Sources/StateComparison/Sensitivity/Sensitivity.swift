import SecretDetection
import StateJSON
import TerraformState

/// Decides which values of two states must not be shown.
///
/// A value is sensitive when the state marks its path, the provider's schema does, its resource type, name or shape says so,
/// or when it repeats or contains a value that is sensitive elsewhere.
final class Sensitivity<Knowledge: AttributeKnowledge> {
    let schema: Knowledge
    /// Collected when the first text asks for them: for most comparisons of large states that is never.
    private lazy var known = collect()
    private let collect: () -> KnownSecrets

    init(schema: Knowledge, known collect: @escaping () -> KnownSecrets) {
        self.schema = schema
        self.collect = collect
    }

    /// - Parameter instances: the two that are compared, or the one that came or went.
    func isSensitive(_ difference: ValueDifference, marked: MarkedPaths, of instances: [StateInstance]) -> Bool {
        guard let instance = instances.last else { return true }
        return marked.concern(difference.path)
            || instances.contains { $0.holdsSecret(at: difference.path) }
            || schema.isSensitive(type: instance.resource.type, mode: instance.resource.mode, path: AttributePath(difference.path))
            || SensitiveText.isSecret(difference) || isKnownSecret(difference)
    }

    func isKnownSecret(_ difference: ValueDifference) -> Bool {
        [difference.before, difference.after].contains { value in
            guard let value, value.isString || !value.isScalar else { return false }
            return known.occur(in: value)
        }
    }
}

extension StateInstance {
    /// Whether the attribute that a path leads into holds secrets in every instance of this type.
    fileprivate func holdsSecret(at path: [AttributePath.Step]) -> Bool {
        switch path.first {
        case .attribute(let name), .key(let name): isSecretAttribute(name)
        case .index, nil: false
        }
    }

    /// - Parameter name: the attribute, or in states of the old flat form the way to a part of it: `data.key`.
    func isSecretAttribute(_ name: String) -> Bool {
        let top = attributes == nil ? name.prefix { $0 != "." } : name[...]
        return SecretAttribute.isSecret(type: resource.type, name: top) { attributeValues?[$0]?.string }
    }
}
