import TestSupport
import Testing

@Suite struct ConfigurationTests {
    let folder: TemporaryDirectory

    init() throws { folder = try TemporaryDirectory("configuration") }

    @Test func withoutConfigurationTheNextStepIsNamed() async throws {
        let outcome = try await TFGuardBinary.run("snapshots", "--json", in: folder)
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("There is no configuration here"))
        #expect(outcome.errors.contains("tfguard init"))
        #expect(try outcome.document["exit_code"] as? Int == 64)
    }

    @Test func anUnknownKeyIsReportedWithItsLineAndTheNearestKey() async throws {
        try folder.write("vault:\n  locaton: ./vault\nsites:\n  primary:\n    bucket: b\n", to: "tfguard.yaml")
        let outcome = try await TFGuardBinary.run("snapshots", in: folder)
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("tfguard.yaml:2:3: "), "\(outcome.errors)")
        #expect(outcome.errors.contains("location"))
    }

    @Test func aNamedFileThatIsNotThereIsAnError() async throws {
        for arguments in [["-c", "nowhere.yaml"], ["--config", "nowhere.yaml"]] {
            let outcome = try await TFGuardBinary.run(["snapshots"] + arguments, in: folder)
            #expect(outcome.status == 64)
            #expect(outcome.errors.contains("nowhere.yaml"))
        }
        let outcome = try await TFGuardBinary.run("snapshots", in: folder, environment: ["TFGUARD_CONFIG": "nowhere.yaml"])
        #expect(outcome.errors.contains("nowhere.yaml"))
    }

    @Test func theConfigurationIsFoundUpward() async throws {
        try await SampleVault.make(at: folder.file("vault"))
        try folder.write("vault:\n  location: ./vault\nsites:\n  primary:\n    bucket: b\n", to: "tfguard.yaml")
        try folder.write("", to: "deep/down/x")
        let outcome = try await runProcess(
            [TFGuardBinary.path, "snapshots", "-v"], environment: ["HOME": folder.path], workingDirectory: folder.file("deep/down"))
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.errors.contains("tfguard: info: configuration read"))
    }
}
