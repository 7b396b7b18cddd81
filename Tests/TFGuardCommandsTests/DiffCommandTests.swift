import Foundation
import Reports
import TestSupport
import Testing

@Suite struct DiffCommandTests {
    private let folder: TemporaryDirectory

    init() throws {
        folder = try TemporaryDirectory()
        try folder.write(SampleStack.Side.primary.text, to: "old.tfstate")
    }

    @Test func equalStatesExitWith0AndDifferentOnesWith2() async throws {
        var reordered = SampleStack.Side.primary
        reordered.serial = 8
        try folder.write(reordered.text.replacing("\n", with: "\n\t "), to: "same.tfstate")
        let same = try await TFGuardBinary.run("diff", "old.tfstate", "same.tfstate", in: folder)
        #expect(same.status == 0, "\(same.errors)")
        #expect(same.output.contains("No differences."))

        var changed = SampleStack.Side.primary
        changed.backupDays = 0
        try folder.write(changed.text, to: "new.tfstate")
        let different = try await TFGuardBinary.run("diff", "old.tfstate", "new.tfstate", in: folder)
        #expect(different.status == 2)
        #expect(different.output.contains("  ~ aws_db_instance.main\n"))
        #expect(different.output.contains("~ backup_retention_period = 7 → 0"))
        #expect(different.output.hasSuffix("0 added, 1 changed, 0 removed.\n"))
    }

    @Test func theDocumentKeepsItsContract() async throws {
        var changed = SampleStack.Side.primary
        changed.backupDays = 0
        changed.password = "a-new-password-of-theirs"
        changed.hasBucket = false
        changed.serial = 9
        try folder.write(changed.text, to: "new.tfstate")
        let outcome = try await TFGuardBinary.run("diff", "old.tfstate", "new.tfstate", "--json", in: folder)
        #expect(outcome.status == 2)
        let document = try outcome.document
        #expect(document["exit_code"] as? Int == 2)
        let summary = try #require(document["summary"] as? [String: Int])
        #expect([summary["add"], summary["remove"], summary["change"], summary["move"]] == [0, 1, 1, 0])
        let generation = try #require(document["generation"] as? [String: [String: Any]])
        #expect(generation["before"]?["serial"] as? Int == 7)
        #expect(generation["after"]?["serial"] as? Int == 9)
        let changes = try #require(document["changes"] as? [[String: Any]])
        let database = try #require(changes.first { $0["address"] as? String == "aws_db_instance.main" })
        #expect(database["action"] as? String == "change")
        #expect(database["previous_address"] is NSNull)
        let attributes = try #require(database["attributes"] as? [[String: Any]])
        let days = try #require(attributes.first { $0["path"] as? String == "backup_retention_period" })
        #expect(days["before"] as? Int == 7)
        #expect(days["after"] as? Int == 0)
        #expect(days["sensitive"] as? Bool == false)
        let password = try #require(attributes.first { $0["path"] as? String == "password" })
        #expect(password["before"] is NSNull)
        #expect(password["after"] is NSNull)
        #expect(password["sensitive"] as? Bool == true)
        let prints = [password["before_fingerprint"], password["after_fingerprint"]].compactMap { $0 as? String }
        #expect(prints.count == 2)
        #expect(Set(prints).count == 2, "two passwords that differ have two hashes")
        let outputs = try #require(document["outputs"] as? [[String: Any]])
        #expect(outputs.map { $0["name"] as? String } == ["db_password"])
    }

    @Test(arguments: ReportFormat.allCases.filter { ![.sarif, .junit].contains($0) })
    func secretsShowInNoFormatUnlessAskedFor(format: ReportFormat) async throws {
        var changed = SampleStack.Side.primary
        changed.password = "a-new-password-of-theirs"
        changed.leak = "-\(SampleStack.secret)"
        try folder.write(changed.text, to: "new.tfstate")
        let outcome = try await TFGuardBinary.run("diff", "old.tfstate", "new.tfstate", "-f", format.rawValue, "-v", in: folder)
        #expect(outcome.status == 2)
        #expect(!outcome.output.contains(SampleStack.secret), "the copy in another attribute is hidden too")
        #expect(!outcome.output.contains("a-new-password-of-theirs"))
        #expect(outcome.output.contains("parameter_group_name"))
        let revealed = try await TFGuardBinary.run("diff", "old.tfstate", "new.tfstate", "-f", format.rawValue, "-v", "--reveal", in: folder)
        #expect(revealed.output.contains("a-new-password-of-theirs"))
    }

    @Test(arguments: [
        ("", "zero"), ("{\"version\": 4, \"serial\": 1", "truncated"), ("<html></html>", "html"),
        (#"{"serial":1,"lineage":"l","meta":{},"encrypted_data":"AAAA","encryption_version":"v0"}"#, "encrypted"),
        (#"{"version":3,"serial":1,"lineage":"l","modules":[]}"#, "legacy"),
    ])
    func whatIsNoStateIsAnErrorOnEitherSide(text: String, name: String) async throws {
        try folder.write(text, to: "\(name).tfstate")
        for order in [["old.tfstate", "\(name).tfstate"], ["\(name).tfstate", "old.tfstate"], ["\(name).tfstate", "\(name).tfstate"]] {
            let outcome = try await TFGuardBinary.run(["diff"] + order + ["--json"], in: folder)
            #expect(outcome.status == 1, "\(order): \(outcome.output)")
            #expect(outcome.errors.contains("\(name).tfstate"))
            #expect(try outcome.document["exit_code"] as? Int == 1)
        }
    }

    @Test func standardInputIsOneOfThem() async throws {
        let outcome = try await TFGuardBinary.run(["diff", "-", "old.tfstate"], in: folder, input: Array(SampleStack.Side.primary.text.utf8))
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try await TFGuardBinary.run("diff", "-", "-", in: folder).status == 64)
    }

    @Test func otherLineagesAreToldOf() async throws {
        try folder.write(SampleStack.Side.dr.text, to: "dr.tfstate")
        let outcome = try await TFGuardBinary.run("diff", "old.tfstate", "dr.tfstate", in: folder)
        #expect(outcome.status == 2)
        #expect(outcome.output.contains("versions of two different states"))
    }

    @Test func aProviderSchemaOfTheUsersIsRead() async throws {
        let schema = """
            {"format_version": "1.0", "provider_schemas": {"example.com/acme/acme": {"resource_schemas": {"acme_box": {"version": 0, "block": {"attributes":
             {"members": {"type": ["set", "string"], "optional": true}, "pin": {"type": "string", "sensitive": true, "optional": true}}}}}}}}
            """
        func state(_ members: String, _ pin: String) -> String {
            """
            {"version": 4, "terraform_version": "1.11.4", "serial": 1, "lineage": "l", "outputs": {}, "resources": [{"mode": "managed", "type": "acme_box",
             "name": "b", "provider": "provider[\\"example.com/acme/acme\\"]", "instances": [{"schema_version": 0, "attributes": {"members": \(members), "pin": "\(pin)"}}]}]}
            """
        }
        try folder.write(schema, to: "schema.json")
        try folder.write(state(#"["a", "b"]"#, "1234"), to: "a.tfstate")
        try folder.write(state(#"["b", "a"]"#, "9876"), to: "b.tfstate")
        let without = try await TFGuardBinary.run("diff", "a.tfstate", "b.tfstate", in: folder)
        #expect(without.output.contains("members[0]"))
        let with = try await TFGuardBinary.run("diff", "a.tfstate", "b.tfstate", "--provider-schema", "schema.json", in: folder)
        #expect(with.status == 2, "\(with.errors)")
        #expect(!with.output.contains("members"))
        #expect(!with.output.contains("9876"))
        let broken = try await TFGuardBinary.run("diff", "a.tfstate", "b.tfstate", "--provider-schema", "a.tfstate", in: folder)
        #expect(broken.status == 1)
        #expect(broken.errors.contains("terraform providers schema -json"))
    }
}
