import StackParity
import StateJSON
import TerraformState
import Testing

/// What is a secret by its resource type alone, without a word of the state or a schema.
struct SecretTests {
    static func stack(_ type: String, _ attributes: String) throws -> Stack {
        let text = #"{"version": 4, "serial": 1, "lineage": "a", "resources": [{"mode": "managed", "type": "\#(type)", "name": "x", "provider": "provider[\"registry.terraform.io/hashicorp/kubernetes\"]", "instances": [{"attributes": \#(attributes)}]}]}"#
        return Stack(try TerraformState(parsing: StateBytes(Array(text.utf8))))
    }

    @Test func `values of a secret map are hidden and of no consequence`() throws {
        let primary = try Self.stack("kubernetes_secret", #"{"id": "default/db", "data": {"config": "one-value"}}"#)
        let dr = try Self.stack("kubernetes_secret", #"{"id": "default/db", "data": {"config": "another-value"}}"#)
        #expect(StackParity.compare(primary: primary, dr: dr).findings.isEmpty)
        let bare = StackParity.compare(primary: primary, dr: dr, rules: ParityRules(usesDefaults: false))
        #expect(bare.findings.map(\.findingClass) == [.secret])
        #expect(bare.findings.allSatisfy { $0.primaryValue == .sensitive && $0.drValue == .sensitive })
    }

    @Test func `an entry that DR's secret lacks is reported without its value`() throws {
        let primary = try Self.stack("kubernetes_secret", #"{"id": "default/db", "data": {"config": "one-value", "extra": "hidden-value"}}"#)
        let dr = try Self.stack("kubernetes_secret", #"{"id": "default/db", "data": {"config": "one-value"}}"#)
        let report = StackParity.compare(primary: primary, dr: dr)
        #expect(report.findings.map(\.findingClass) == [.changed])
        #expect(report.findings.first?.primaryValue == .sensitive && report.findings.first?.drValue == .absent)
    }
}
