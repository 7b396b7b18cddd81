import Foundation
import TestSupport
import Testing

@Suite struct InitTests {
    let folder: TemporaryDirectory

    init() throws {
        folder = try TemporaryDirectory("init")
        try folder.write(
            """
            terraform {
              backend "s3" {
                bucket     = "acme-tfstate"
                key        = "network/terraform.tfstate"
                region     = "eu-central-1"
                access_key = "AKIAEXAMPLE"
                secret_key = "not-to-be-copied"
              }
            }
            """, to: "main.tf")
    }

    @Test func writesAConfigurationForItsOwnerOnly() async throws {
        let outcome = try await TFGuardBinary.run("init", in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.hasSuffix("Wrote tfguard.yaml. Next: tfguard snapshot\n"))
        let text = try String(decoding: folder.read("tfguard.yaml"), as: UTF8.self)
        #expect(text.contains("bucket: acme-tfstate"))
        #expect(!text.contains("not-to-be-copied"))
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.file("tfguard.yaml"))
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test func neverReplacesAFileUnasked() async throws {
        try folder.write("mine", to: "tfguard.yaml")
        let refused = try await TFGuardBinary.run("init", in: folder)
        #expect(refused.status == 64)
        #expect(refused.errors.contains("--yes"))
        #expect(try folder.read("tfguard.yaml") == Array("mine".utf8))
        let agreed = try await TFGuardBinary.run("init", "--yes", in: folder)
        #expect(agreed.status == 0)
        #expect(try folder.read("tfguard.yaml") != Array("mine".utf8))
    }

    @Test func dryRunWritesNothing() async throws {
        let outcome = try await TFGuardBinary.run("init", "-n", "--json", in: folder)
        #expect(outcome.status == 0)
        let document = try outcome.document
        #expect(document["written"] as? Bool == false)
        #expect((document["configuration"] as? String)?.contains("acme-tfstate") == true)
        #expect(!FileManager.default.fileExists(atPath: folder.file("tfguard.yaml")))
    }

    @Test func aFolderWithoutBackendIsAnErrorThatSaysWhatToDo() async throws {
        let empty = try TemporaryDirectory("empty")
        let outcome = try await TFGuardBinary.run("init", "--json", in: empty)
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("no backend \"s3\" block"))
        #expect(try outcome.document["exit_code"] as? Int == 1)
    }

    @Test func aResultFileIsForItsOwnerOnlyAndReplacedWhole() async throws {
        try folder.write("old", to: "out.json")
        let outcome = try await TFGuardBinary.run("init", "-n", "--json", "-o", "out.json", in: folder)
        #expect(outcome.status == 0)
        #expect(outcome.output.isEmpty)
        #expect(try folder.read("out.json").first == UInt8(ascii: "{"))
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.file("out.json"))
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["main.tf", "out.json"])
        let nowhere = try await TFGuardBinary.run("init", "-n", "-o", "no/such/folder/x", in: folder)
        #expect(nowhere.status == 1)
        #expect(nowhere.errors.contains("No such file or directory"))
    }
}
