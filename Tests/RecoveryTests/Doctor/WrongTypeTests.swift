import Cryptography
import Recovery
import StateJSON
import Testing
import Timestamps

/// Fields of other kinds than Terraform writes, one at a time: what Terraform would refuse, drop or misread is invalid.
@Suite struct WrongTypeTests {
    private static let instance = #"{"index_key": 0, "schema_version": 1, "attributes": {"id": "i-0"}, "sensitive_attributes": [], "private": "bnVsbA==", "dependencies": ["aws_vpc.main"]}"#
    private static let resource = #"{"module": "module.net", "mode": "managed", "type": "aws_instance", "name": "web", "provider": "provider[\"registry.terraform.io/hashicorp/aws\"]", "instances": [\#(instance)]}"#
    private static let state = #"{"version": 4, "terraform_version": "1.11.4", "serial": 5, "lineage": "a", "outputs": {}, "resources": [\#(resource)], "check_results": null}"#

    private func verdict(_ text: String) -> Verdict {
        var history = HistoryJudgement()
        return history.judge(ExaminedContent(StateBytes(text.utf8), sha256: SHA256.hash(text.utf8)), written: Timestamp(seconds: 0)).verdict
    }

    @Test func theStateItselfIsGood() {
        #expect(verdict(Self.state) == .ok)
    }

    @Test(arguments: [
        ("\"version\": 4", ["\"version\": \"4\"", "\"version\": 4.5", "\"version\": 4e0", "\"version\": -4", "\"version\": 0", "\"version\": true", "\"version\": null", "\"version\": [4]", "\"verzion\": 4"]),
        ("\"serial\": 5", ["\"serial\": \"5\"", "\"serial\": -5", "\"serial\": 5.5", "\"serial\": 1e30", "\"serial\": 18446744073709551616", "\"serial\": true", "\"serial\": []", "\"serial\": null", "\"sereal\": 5"]),
        ("\"lineage\": \"a\"", ["\"lineage\": 1", "\"lineage\": true", "\"lineage\": []", "\"lineage\": {}", "\"lineage\": null", "\"lineage\": \"\"", "\"linaege\": \"a\""]),
        ("\"terraform_version\": \"1.11.4\"", ["\"terraform_version\": 1", "\"terraform_version\": {}", "\"terraform_version\": \"new\"", "\"terraform_version\": true"]),
        ("\"outputs\": {}", ["\"outputs\": 1", "\"outputs\": \"x\"", "\"outputs\": [1]", "\"outputs\": {\"a\": 1}", "\"outputs\": {\"a\": {}}"]),
        ("\"check_results\": null", ["\"check_results\": 1", "\"check_results\": {}", "\"check_results\": [1]"]),
        ("\"resources\": [", ["\"resourcez\": [", "\"resources\": [1,", "\"resources\": [\"x\",", "\"resources\": [[],"]),
        ("\"mode\": \"managed\"", ["\"mode\": 1", "\"mode\": \"other\"", "\"mode\": null", "\"mode\": \"\"", "\"mood\": \"managed\""]),
        ("\"type\": \"aws_instance\"", ["\"type\": 1", "\"type\": null", "\"type\": \"\"", "\"tipe\": \"aws_instance\""]),
        ("\"name\": \"web\"", ["\"name\": 1", "\"name\": null", "\"name\": \"\"", "\"nam\": \"web\""]),
        ("\"module\": \"module.net\"", ["\"module\": 1", "\"module\": \"net\"", "\"module\": \"module.\"", "\"module\": []"]),
        ("provider[\\\"registry.terraform.io/hashicorp/aws\\\"]", ["", "aws", "provider[aws]", "provider[\\\"aws\\\"", "provider[\\\"a/b/c/d/e\\\"]", "registry.terraform.io/hashicorp/aws"]),
        ("\"instances\": [", ["\"instances\": [1,", "\"instances\": [\"x\",", "\"instances\": [[],"]),
        ("\"schema_version\": 1", ["\"schema_version\": \"1\"", "\"schema_version\": -1", "\"schema_version\": 1.5", "\"schema_version\": true"]),
        ("\"attributes\": {\"id\": \"i-0\"}", ["\"attributes\": 1", "\"attributes\": \"x\"", "\"attributes\": true", "\"attributes\": []"]),
        ("\"index_key\": 0", ["\"index_key\": true", "\"index_key\": []", "\"index_key\": {}"]),
        ("\"sensitive_attributes\": []", ["\"sensitive_attributes\": 1", "\"sensitive_attributes\": {}", "\"sensitive_attributes\": [1]", "\"sensitive_attributes\": [[{\"type\": \"odd\", \"value\": \"x\"}]]"]),
        ("\"private\": \"bnVsbA==\"", ["\"private\": 1", "\"private\": \"***\"", "\"private\": []"]),
        ("\"dependencies\": [\"aws_vpc.main\"]", ["\"dependencies\": \"x\"", "\"dependencies\": [1]", "\"dependencies\": [\"not an address\"]", "\"dependencies\": [\"aws_vpc.main[0]\"]"]),
    ])
    func isInvalid(field: String, wrong: [String]) {
        #expect(Self.state.contains(field))
        for text in wrong {
            let verdict = verdict(Self.state.replacing(field, with: text))
            #expect(verdict == .invalid, "\(text): \(verdict)")
        }
    }

    @Test func valuesThatAreThereTwiceOrNotAtAllAreSuspect() {
        #expect(verdict(Self.state.replacing("\"serial\": 5", with: "\"serial\": 4, \"serial\": 5")) == .suspect)
        #expect(verdict(Self.state.replacing("\"lineage\"", with: "\"lineage\": \"b\", \"lineage\"")) == .suspect)
        #expect(verdict(Self.state.replacing("\"attributes\": {\"id\": \"i-0\"}", with: "\"attributes\": null")) == .suspect)
        #expect(verdict(Self.state.replacing("\"instances\": [", with: "\"instances\": [\(Self.instance),")) == .invalid, "the same instance twice")
    }
}
