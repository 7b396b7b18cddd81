import StateComparison
import StateJSON
import TerraformState
import Testing

@Suite struct KnownSecretsTests {
    private func secrets(_ values: [String]) throws -> KnownSecrets {
        let attributes = values.enumerated().map { "\"s\($0)\": \"\($1)\"" }.joined(separator: ",")
        let paths = values.indices.map { "[{\"type\": \"get_attr\", \"value\": \"s\($0)\"}]" }.joined(separator: ",")
        var text = StateText()
        text.resources = [StateText.resource("aws_x.y", StateText.instance("{\(attributes)}", ", \"sensitive_attributes\": [\(paths)]"))]
        text.outputs = #"{"o": {"value": {"deep": ["from-an-output"]}, "type": "string", "sensitive": true}, "p": {"value": "public-output", "type": "string"}}"#
        return KnownSecrets(of: [try text.state])
    }

    @Test(arguments: [
        ("correct-horse", true), ("a correct-horse b", true), ("correct-hors", false), ("xcorrect-horsex", true), ("correct-battery!", true),
        ("correct", false), ("", false), ("abc", false), ("from-an-output", true), ("public-output", false), ("Grüße-aus-Köln", true), ("Grüße", false),
        ("short", false), ("corcorrect-horse", true),
    ])
    func textsThatHoldASecretAreFound(text: String, isSecret: Bool) throws {
        let secrets = try secrets(["correct-horse", "correct-battery", "Grüße-aus-Köln", "short"])
        #expect(secrets.occur(in: text) == isSecret)
    }

    @Test func aStateWithoutMarksHasNone() throws {
        #expect(KnownSecrets(of: [try StateText().state]).isEmpty)
    }

    /// Types whose attributes are secrets, in a state that marks nothing.
    private var unmarked: StateText {
        var text = StateText()
        text.resources = [
            StateText.resource("random_password.db", StateText.instance(#"{"id": "none", "length": 16, "result": "aB3-unmarked-result", "bcrypt_hash": "$2a$10$unmarkedhash"}"#)),
            StateText.resource("kubernetes_secret.app", StateText.instance(#"{"id": "default/app", "data": {"key": "unmarked-in-a-map"}, "type": "Opaque-kind"}"#)),
            StateText.resource("aws_ssm_parameter.a", StateText.instance(#"{"id": "/a", "type": "SecureString", "value": "secure-parameter"}"#)),
            StateText.resource("aws_ssm_parameter.b", StateText.instance(#"{"id": "/b", "type": "String", "value": "plain-parameter"}"#)),
            StateText.resource("helm_release.x", StateText.instance(#"{"id": "x", "set_sensitive": [{"name": "controller.key", "value": "helm-value", "type": ""}]}"#)),
            StateText.resource("data.aws_secretsmanager_secret_version.s", StateText.instance(#"{"id": "s|AWSCURRENT", "secret_string": "read-from-a-store"}"#)),
            StateText.resource("kubernetes_secret.old", #"{"schema_version": 0, "attributes_flat": {"id": "default/old", "data.%": "1", "data.key": "in-the-flat-form"}}"#),
        ]
        return text
    }

    @Test(arguments: [
        ("aB3-unmarked-result", true), ("$2a$10$unmarkedhash", true), ("x unmarked-in-a-map y", true), ("Opaque-kind", false), ("secure-parameter", true),
        ("plain-parameter", false), ("helm-value", true), ("controller.key", false), ("read-from-a-store", true), ("in-the-flat-form", true), ("default/app", false),
    ])
    func secretsOfKnownTypesAreFoundWithoutMarks(text: String, isSecret: Bool) throws {
        #expect(KnownSecrets(of: [try unmarked.state]).occur(in: text) == isSecret)
    }

    @Test func secretsOfKnownTypesAndTheirCopiesAreHiddenInChanges() throws {
        var after = unmarked
        after.resources = after.resources.map { $0.replacing("unmarked", with: "new").replacing("-parameter", with: "-setting").replacing("helm-value", with: "helm-other").replacing("flat-form", with: "old-form") }
        after.resources.append(StateText.resource("aws_instance.copy", StateText.instance(#"{"id": "i-1", "user_data": "run aB3-new-result", "note": "new"}"#)))
        var before = unmarked
        before.resources.append(StateText.resource("aws_instance.copy", StateText.instance(#"{"id": "i-1", "user_data": "run", "note": "old"}"#)))
        let changes = try StateDiff(from: before.state, to: after.state).changes
        let shown = changes.flatMap { change in change.attributes.filter { !$0.isSensitive }.map { "\(change.address) \($0.path)" } }
        #expect(shown == ["aws_ssm_parameter.b value", "aws_instance.copy note"])
        #expect(changes.flatMap(\.attributes).count { $0.isSensitive } == 7)
    }
}
