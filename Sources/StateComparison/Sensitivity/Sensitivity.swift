import SecretDetection
import StateJSON
import TerraformState

/// Decides which values of two states must not be shown.
///
/// A value is sensitive when the state marks its path, the provider's schema does, its name or shape says so, or when it
/// repeats or contains a value that is sensitive elsewhere.
final class Sensitivity<Knowledge: AttributeKnowledge> {
    let schema: Knowledge
    /// Collected when the first text asks for them: for most comparisons of large states that is never.
    private lazy var known = collect()
    private let collect: () -> KnownSecrets

    init(schema: Knowledge, known collect: @escaping () -> KnownSecrets) {
        self.schema = schema
        self.collect = collect
    }

    func isSensitive(_ difference: ValueDifference, marked: MarkedPaths, of instance: StateInstance) -> Bool {
        marked.concern(difference.path)
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
