import Foundation
import TestSupport
import Testing

/// `tfguard doctor` and its options through the program.
@Suite struct DoctorCommandTests {
    private func state(serial: Int, count: Int, lineage: String = "a") -> String {
        let instances = (0..<count).map { #"{"index_key": \#($0), "schema_version": 1, "attributes": {"id": "i-0f3a91bc77d2e8\#(100 + $0)"}}"# }.joined(separator: ",")
        return #"{"version": 4, "terraform_version": "1.11.4", "serial": \#(serial), "lineage": "\#(lineage)", "outputs": {}, "resources": [{"mode": "managed", "type": "aws_instance", "name": "web", "provider": "provider[\"registry.terraform.io/hashicorp/aws\"]", "instances": [\#(instances)]}], "check_results": null}"#
    }

    private func sandbox(_ texts: String...) throws -> Sandbox {
        let sandbox = try Sandbox([:])
        for text in texts { sandbox.s3.put(S3StandIn.Body(text), key: "net.tfstate", bucket: Sandbox.bucket) }
        return sandbox
    }

    private func states(_ outcome: ProcessOutcome) throws -> [[String: Any]] {
        try #require(try outcome.document["states"] as? [[String: Any]], "\(outcome.errors)")
    }

    private func rules(_ state: [String: Any]?) -> [String] {
        (state?["problems"] as? [[String: Any]] ?? []).compactMap { $0["rule_id"] as? String }
    }

    @Test func theShrinkThatIsWatchedForCanBeChosen() async throws {
        let fifteen = try sandbox(state(serial: 1, count: 20), state(serial: 2, count: 17))
        #expect(try await fifteen.run("doctor", "primary").status == 0)
        let strict = try await fifteen.run("doctor", "primary", "--watch-shrink", "10%", "--json")
        #expect(try strict.status == 2 && rules(states(strict).first) == ["history.shrunk"])
        let half = try sandbox(state(serial: 1, count: 20), state(serial: 2, count: 12))
        let usual = try await half.run("doctor", "primary", "--json")
        #expect(try usual.status == 2 && (states(usual).first?["last_good"] as? [String: Any])?["serial"] as? Int == 1)
        #expect(try await half.run("doctor", "primary", "--watch-shrink", "50%").status == 0)
        #expect(try await half.run("doctor", "primary", "--watch-shrink", "0").status == 64)
    }

    @Test func wholeInstancesOfABrokenStateAreSalvagedIntoAMarkedFile() async throws {
        let whole = state(serial: 2, count: 20)
        let sandbox = try sandbox(state(serial: 1, count: 20), String(whole.prefix(whole.utf8.count / 2)))
        let outcome = try await sandbox.run("doctor", "primary:net", "--salvage", "rescued.tfstate", "--json")
        #expect(outcome.status == 2, "\(outcome.errors)")
        let bytes = try readFile(sandbox.folder.file("rescued.tfstate"))
        let document = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        #expect((document["tfguard_salvaged"] as? [String: Any])?["from_bytes"] as? Int == whole.utf8.count / 2)
        let instances = ((document["resources"] as? [[String: Any]])?.first?["instances"] as? [[String: Any]])?.count ?? 0
        #expect(instances >= 8 && instances < 20)
        #expect(outcome.output.contains("no state to apply with"))
    }

    @Test func whatTerraformWouldDoNowIsShown() async throws {
        let sandbox = try sandbox(state(serial: 1, count: 20), "")
        let table = try await sandbox.run("doctor", "primary")
        #expect(table.output.contains("terraform now") && table.output.contains("a plan would create 20 resources that exist"), "\(table.output)")
        #expect(table.output.contains("tfguard restore"))
        let document = try await sandbox.run("doctor", "primary", "--json")
        #expect(try states(document).first?["terraform_now"] as? String == "Terraform takes it for an empty state: a plan would create 20 resources that exist")
    }

    /// Runs what the doctor says is next, and looks again.
    private func heal(_ sandbox: Sandbox) async throws -> [String: Any]? {
        let command = try #require(try states(await sandbox.run("doctor", "primary", "--json")).first?["next_command"] as? String)
        for part in command.split(separator: ";") {
            let words = part.split(separator: " ").dropFirst().map(String.init)
            let outcome = try await sandbox.run(words + (words.first == "doctor" ? [] : ["--yes", "--wait", "0"]))
            #expect(outcome.status == (words.first == "doctor" ? 2 : 0), "\(part): \(outcome.errors)")
        }
        return try states(await sandbox.run("doctor", "primary", "--json")).first
    }

    @Test func theNextCommandHeals() async throws {
        let good = state(serial: 1, count: 20)
        for bad in ["", "<html>", String(good.prefix(300)), "\u{FEFF}" + state(serial: 2, count: 21), state(serial: 9, count: 3, lineage: "other"), state(serial: 2, count: 0)] {
            let healed = try await heal(try sandbox(good, bad))
            #expect(healed?["verdict"] as? String == "ok", "\(bad.prefix(40))")
        }
        let wrapped = try sandbox(good, "\u{FEFF}" + state(serial: 2, count: 21))
        _ = try await heal(wrapped)
        #expect(try await wrapped.run("show", "primary", "--raw").output == state(serial: 3, count: 21), "nothing of the newest state is lost")
        let deleted = try sandbox(good)
        deleted.s3.put(nil, key: "net.tfstate", bucket: Sandbox.bucket)
        #expect(try await heal(deleted)?["verdict"] as? String == "ok")
    }

    @Test func aFolderIsJudgedFileByFileAndEachAfterItsBackup() async throws {
        let sandbox = try sandbox()
        try sandbox.folder.write(state(serial: 1, count: 20), to: "stack/terraform.tfstate.backup")
        try sandbox.folder.write(state(serial: 2, count: 0), to: "stack/terraform.tfstate")
        try sandbox.folder.write("<html>", to: "stack/deeper/other.tfstate")
        try sandbox.folder.write(#"{"version":3,"backend":{"type":"s3"}}"#, to: "stack/.terraform/terraform.tfstate")
        for name in ["stack", "./stack/"] {
            let outcome = try await sandbox.run("doctor", name, "--json")
            #expect(outcome.status == 2, "\(outcome.errors)")
            #expect(try states(outcome).map { "\($0["verdict"] ?? "")" } == ["unreadable", "suspect", "ok"])
            #expect(try rules(states(outcome)[1]) == ["history.emptied"])
        }
        try sandbox.folder.write("", to: "empty/readme")
        #expect(try await sandbox.run("doctor", "./empty").status == 1)
    }

    @Test func anOlderVersionIsJudgedWhenItIsNamed() async throws {
        let sandbox = try sandbox(state(serial: 1, count: 20), "{\"version\": 4", state(serial: 2, count: 20))
        #expect(try await sandbox.run("doctor", "primary:net").status == 0)
        let before = try await sandbox.run("doctor", "primary:net@-1", "--json")
        #expect(try before.status == 2 && states(before).first?["verdict"] as? String == "unreadable", "\(before.errors)")
    }

    @Test func oneObjectInTwoStatesIsFound() async throws {
        let sandbox = try sandbox(state(serial: 1, count: 2))
        sandbox.s3.put(S3StandIn.Body(state(serial: 1, count: 1, lineage: "b")), key: "app.tfstate", bucket: Sandbox.bucket)
        let outcome = try await sandbox.run("doctor", "--json")
        #expect(outcome.status == 2, "\(outcome.errors)")
        #expect(try states(outcome).map { rules($0) } == [["state.id-in-two-states"], ["state.id-in-two-states"]])
    }

    @Test func aReplicaOutOfStepIsFound() async throws {
        let sandbox = try sandbox(state(serial: 1, count: 2), state(serial: 2, count: 2))
        sandbox.s3.createBucket("acme-dr")
        sandbox.s3.put(S3StandIn.Body(state(serial: 3, count: 2)), key: "net.tfstate", bucket: "acme-dr")
        try sandbox.configure(more: "  dr: { bucket: acme-dr, region: us-west-2, endpoint: \"\(sandbox.s3.url)\", use_path_style: true }\nreplication: [ { from: primary, to: dr, recovery_point: 15m } ]")
        let outcome = try await sandbox.run("doctor", "--json")
        #expect(outcome.status == 2, "\(outcome.errors)")
        #expect(try states(outcome).map { rules($0) } == [["replica.ahead"], []])
        #expect(try rules(states(await sandbox.run("doctor", "dr", "--json")).first) == ["replica.ahead"])
    }
}
