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
}
