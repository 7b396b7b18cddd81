import Foundation
import Reports
import TestSupport
import Testing

/// Secrets that no state marks and no built-in schema knows: `drift` shows none of them in any format.
@Suite struct DriftSecretTests {
    private let folder: TemporaryDirectory

    init() throws { folder = try TemporaryDirectory() }

    private func state(_ word: String, lineage: String) -> String {
        func resource(_ type: String, _ provider: String, _ attributes: String) -> String {
            #"{"module": "module.m[\"a.b\"]", "mode": "managed", "type": "\#(type)", "name": "one", "provider": "provider[\"registry.terraform.io/\#(provider)\"]", "instances": [{"index_key": "x].y\"[z", "schema_version": 0, "attributes": {"id": "same", \#(attributes)}}]}"#
        }
        let resources = [
            resource("random_password", "hashicorp/random", #""length": 16, "result": "\#(word)-r", "bcrypt_hash": "\#(word)-b""#),
            resource("kubernetes_secret", "hashicorp/kubernetes", #""type": "Opaque", "data": {"pin": "\#(word)", "url": "postgres://u:\#(word)-k@db/app"}, "binary_data": {"x": "\#(word)-x"}"#),
            resource("azurerm_key_vault_secret", "hashicorp/azurerm", #""name": "k", "value": "\#(word)-a""#),
            resource("vault_generic_secret", "hashicorp/vault", #""path": "secret/v", "data_json": "{\"k\":\"\#(word)-v\"}", "data": {"k": "\#(word)-v"}"#),
            resource("aws_ssm_parameter", "hashicorp/aws", #""name": "/x", "type": "SecureString", "value": "\#(word)-s""#),
            resource("null_resource", "hashicorp/null", #""triggers": {"copy": "made with \#(word)-a", "size": "\#(word.count)"}"#),
        ]
        return #"{"version": 4, "terraform_version": "1.11.4", "serial": 1, "lineage": "\#(lineage)", "outputs": {}, "resources": [\#(resources.joined(separator: ","))]}"#
    }

    /// Short ones, too: no search for copies finds those.
    private static let words = ("Zq8x", "Yw7vv")

    private func write() throws {
        try folder.write(state(Self.words.0, lineage: "a"), to: "primary.tfstate")
        try folder.write(state(Self.words.1, lineage: "b"), to: "dr.tfstate")
    }

    @Test(arguments: ReportFormat.allCases)
    func whatIsAlwaysSecretShowsInNoFormat(format: ReportFormat) async throws {
        try write()
        let outcome = try await TFGuardBinary.run("drift", "primary.tfstate", "dr.tfstate", "--no-default-rules", "--show-expected", "-v", "-f", format.rawValue, in: folder)
        #expect(outcome.status == 2, "\(outcome.errors)")
        for word in [Self.words.0, Self.words.1] {
            for ending in ["-r", "-b", "-k", "-x", "-v", "-s"] { #expect(!outcome.output.contains(word + ending), "\(word)\(ending) as \(format)") }
            #expect(!outcome.output.contains("\"\(word)\""), "the short one as \(format)")
        }
        #expect(outcome.output.contains("triggers"), "what is no secret is compared as before")
    }

    @Test func theyShowWhenThatIsAskedFor() async throws {
        try write()
        let outcome = try await TFGuardBinary.run("drift", "primary.tfstate", "dr.tfstate", "--no-default-rules", "--reveal", "--json", in: folder)
        #expect(outcome.output.contains("\(Self.words.0)-a") && outcome.output.contains("\(Self.words.1)-a"))
    }
}
