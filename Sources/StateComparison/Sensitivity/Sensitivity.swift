import SecretDetection
import StateJSON
import TerraformState

/// Decides which values of two states must not be shown.
///
/// A value is sensitive when the state marks its path, the provider's schema does, its name or shape says so, or when it
/// repeats or contains a value that is sensitive elsewhere: states copy secrets into `terraform_data`, user data and
/// outputs without marking the copy.
struct Sensitivity<Knowledge: AttributeKnowledge>: Sendable {
    let schema: Knowledge
    /// Marked values of either state, longest first.
    private let knownSecrets: [String]

    /// Shorter texts (`true`, `admin`) would hide what is no secret.
    private static var shortestSecret: Int { 6 }
    /// A bound on the work per shown value; more secrets than this are only found where they are marked.
    private static var mostSecrets: Int { 4_096 }

    init(before: TerraformState, after: TerraformState, schema: Knowledge) {
        self.schema = schema
        var secrets: Set<String> = []
        for state in [before, after] {
            for output in state.outputs where output.isSensitive { Self.collectTexts(of: output.value, into: &secrets) }
            for instance in state.instances where !instance.sensitivePaths.isEmpty {
                guard let attributes = instance.attributes else { continue }
                for path in instance.sensitivePaths { Self.collectTexts(of: path.value(in: attributes), into: &secrets) }
            }
        }
        knownSecrets = secrets.sorted { ($0.utf8.count, $0) > ($1.utf8.count, $1) }
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
        guard !knownSecrets.isEmpty else { return false }
        return [difference.before, difference.after].contains { value in
            value.map { SensitiveText.anyText(of: $0) { text in knownSecrets.contains { text.contains($0) } } } ?? false
        }
    }

    private static func collectTexts(of value: JSONValue?, into secrets: inout Set<String>) {
        guard let value else { return }
        _ = SensitiveText.anyText(of: value) { text in
            if text.utf8.count >= shortestSecret, secrets.count < mostSecrets { secrets.insert(text) }
            return false
        }
    }
}
