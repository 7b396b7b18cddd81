import Foundation
import S3
import TestSupport
import Testing

/// Drills with Terraform itself on real servers.
@Suite(.serialized) struct TerraformDrillTests {
    @Test(arguments: await TerraformWorld.Setup.available())
    func terraformListsShowsAndPlansWithWhatWasRestored(setup: TerraformWorld.Setup) async throws {
        let world = try await TerraformWorld(setup)
        #expect(try await world.tfguard("snapshot").status == 0)
        for arguments in [["vault:primary"], ["primary", "--into", "primary", "--yes"]] {
            let outcome = try await TFGuardBinary.run(["drill", "--json", "--code", "."] + arguments, in: world.folder, environment: world.environment)
            #expect(outcome.status == 0, "\(outcome.errors)\(outcome.output)")
            let state = try #require(try (outcome.document["states"] as? [[String: Any]])?.first)
            #expect((state["checks"] as? [[String: Any]])?.map { $0["status"] as? String } == ["passed", "passed", "passed"], "\(outcome.output)")
            let command = try #require(((try outcome.document["evidence"] as? [String: Any])?["check"] as? [String])?.first)
            #expect(try await runProcess(["/bin/sh", "-c", command]).status == 0)
        }
        #expect(try await world.planSaysNoChanges())
        #expect(try await world.lockIsFree())
        let listed = world.bucket.objects(prefix: ".tfguard/")
        for try await page in listed { #expect(page.objects.isEmpty) }
        // The code has gone on: the restored state does not fit it any more.
        let code = String(decoding: try world.folder.read("main.tf"), as: UTF8.self)
        try world.folder.write(code.replacingOccurrences(of: "default = 8", with: "default = 9"), to: "main.tf")
        let drifted = try await world.tfguard("drill", "primary", "--json", "--code", ".")
        #expect(drifted.status == 2, "\(drifted.errors)")
        let checks = try #require(try (drifted.document["states"] as? [[String: Any]])?.first?["checks"] as? [[String: Any]])
        #expect(checks.map { $0["status"] as? String } == ["passed", "passed", "failed"])
    }
}
