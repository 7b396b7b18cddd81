import SecretDetection
import StateJSON
import TerraformState

/// Decides which values of two states must not be shown.
///
/// A value is sensitive when the state marks its path, the provider's schema does, its name or shape says so, or when it
/// repeats or contains a value that is sensitive elsewhere.
struct Sensitivity<Knowledge: AttributeKnowledge>: Sendable {
    let schema: Knowledge
    private let known: KnownSecrets

    init(before: TerraformState, after: TerraformState, schema: Knowledge) {
        self.schema = schema
        known = KnownSecrets(of: [before, after])
    }

    func isSensitive(_ difference: ValueDifference, _ before: StateInstance, _ after: StateInstance) -> Bool {
        let path = AttributePath(difference.path)
        let marked = before.sensitivePaths + after.sensitivePaths
        return marked.contains { $0.covers(path) || path.covers($0) }
            || schema.isSensitive(type: after.resource.type, mode: after.resource.mode, path: path)
            || SensitiveText.isSecret(difference)
            || isKnownSecret(difference)
    }

    func isKnownSecret(_ difference: ValueDifference) -> Bool {
        [difference.before, difference.after].contains { $0.map(known.occur) ?? false }
    }
}
