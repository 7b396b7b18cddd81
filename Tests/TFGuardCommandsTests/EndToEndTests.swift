import Foundation
import TestSupport
import Testing

@Suite struct EndToEndTests {
    @Test func aSnapshotIsTakenListedShownAndChecked() async throws {
        let sandbox = try Sandbox()
        let first = try await sandbox.run("snapshot", "--json")
        #expect(first.status == 0, "\(first.errors)")
        #expect(first.errors.isEmpty)
        let document = try first.document
        #expect(Set(document.keys).isSuperset(of: [
            "format_version", "command", "generated_at", "exit_code", "problems", "snapshot_id", "sites", "stored_bytes", "elapsed_seconds",
        ]))
        let site = try #require((document["sites"] as? [[String: Any]])?.first)
        #expect(site["name"] as? String == "primary")
        #expect([site["states"], site["versions"], site["delete_markers"], site["versions_fetched"]].map { $0 as? Int } == [2, 4, 0, 4])
        #expect(document["exit_code"] as? Int == 0)
        #expect((document["stored_bytes"] as? Int ?? 0) > 0)

        let second = try await sandbox.run("snapshot")
        #expect(second.status == 0)
        #expect(second.output.contains("2 states, 0 new versions"))
        #expect(second.output.contains("note: The vault is not encrypted"))

        let versions = try await sandbox.run("versions", "primary:network", "--json")
        #expect(versions.status == 0, "\(versions.errors)")
        let list = try #require(try versions.document["versions"] as? [[String: Any]])
        #expect(list.map { $0["serial"] as? Int } == [3, 2, 1])
        #expect(list.map { $0["is_latest"] as? Bool } == [true, false, false])
        #expect(list.allSatisfy { $0["in_vault"] as? Bool == true && $0["verdict"] as? String == "ok" && $0["resource_count"] as? Int == 1 })
        #expect(list.allSatisfy { ($0["sha256"] as? String)?.count == 64 })

        let check = try await sandbox.run("vault", "check", "--read-data", "--json")
        #expect(check.status == 0, "\(check.output)")
        #expect(try check.document["versions"] as? Int == 4)
        let statistics = try await sandbox.run("vault", "stats", "--json")
        #expect(try statistics.document["stored_versions"] as? Int == 4)
    }

    @Test func aDryRunWritesNothing() async throws {
        let sandbox = try Sandbox()
        let outcome = try await sandbox.run("snapshot", "-n", "--json")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try outcome.document["snapshot_id"] is NSNull)
        #expect(try outcome.document["dry_run"] as? Bool == true)
        #expect(!FileManager.default.fileExists(atPath: sandbox.folder.file("vault")))
    }

    @Test func whatCanNotBeReadMakesTheRunPartial() async throws {
        let sandbox = try Sandbox()
        sandbox.s3.inject(.accessDenied) { $0.http.method == "GET" && $0.key == "app/terraform.tfstate" }
        let outcome = try await sandbox.run("snapshot", "--json")
        #expect(outcome.status == 3, "\(outcome.errors)")
        let document = try outcome.document
        #expect(document["exit_code"] as? Int == 3)
        let problem = try #require((document["problems"] as? [[String: String]])?.first)
        #expect(problem["reference"]?.hasPrefix("primary:app/terraform.tfstate@id=") == true)
        #expect(problem["message"]?.contains("AccessDenied") == true)
        #expect(problem["hint"]?.contains("s3:GetObjectVersion") == true)
        #expect(document["snapshot_id"] is String)
        let table = try await sandbox.run("snapshot", "-o", "result.txt")
        #expect(table.status == 3)
        #expect(table.errors.contains("AccessDenied"), "a result in a file must not hide problems")
    }

    @Test func aWrongBucketIsAnErrorThatNamesIt() async throws {
        let sandbox = try Sandbox()
        try sandbox.configure(bucket: "no-such-bucket")
        let outcome = try await sandbox.run("snapshot", "--json")
        #expect(outcome.status == 1, "\(outcome.output)")
        #expect(outcome.output.contains("NoSuchBucket"))
        #expect(outcome.output.contains("no-such-bucket") || outcome.output.contains("\"primary\""))
    }

    @Test func withoutCredentialsEverySourceIsNamed() async throws {
        let sandbox = try Sandbox()
        let outcome = try await TFGuardBinary.run("show", "primary:network", in: sandbox.folder, environment: ["TFGUARD_NO_PROGRESS": "1"])
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("AWS_ACCESS_KEY_ID") || outcome.errors.contains("environment"), "\(outcome.errors)")
        #expect(outcome.errors.hasPrefix("tfguard: "))
        #expect(!outcome.errors.contains("\\n"))
    }

    @Test func suspendedVersioningIsSaidAloudAndFailsOnlyWhenAsked() async throws {
        let sandbox = try Sandbox()
        sandbox.s3.setVersioning(.suspended, of: Sandbox.bucket)
        let outcome = try await sandbox.run("snapshot")
        #expect(outcome.status == 0, "\(outcome.output)")
        #expect(outcome.output.lowercased().contains("versioning"))
        #expect(try await sandbox.run("snapshot", "--fail-on", "low").status == 2)
        #expect(try await sandbox.run("snapshot", environment: ["TFGUARD_FAIL_ON": "low"]).status == 2)
    }

    @Test func showMasksSecretsAndRawGivesTheExactBytes() async throws {
        let sandbox = try Sandbox()
        let shown = try await sandbox.run("show", "primary:network@serial=2")
        #expect(shown.status == 0, "\(shown.errors)")
        #expect(shown.output.contains("https://a.example/"))
        #expect(!shown.output.contains("hunter2"))
        let masked = shown.output.matches(of: /\(sensitive\) ([0-9a-f]{8})/).map { String($0.1) }
        #expect(masked.count == 3)
        #expect(Set(masked).count == 2, "equal values look equal, others don't")
        #expect(!shown.output.contains("kept elsewhere"), "sensitive at one place is sensitive everywhere")
        let document = try await sandbox.run("show", "primary:network", "--json")
        #expect(!document.output.contains("hunter2"))
        #expect(try document.document["serial"] as? Int == 3)
        #expect(try await sandbox.run("show", "primary:network", "--reveal").output.contains("hunter2"))
        let raw = try await sandbox.run("show", "primary:network@-1", "--raw")
        #expect(raw.output == SampleVault.state(serial: 2))
    }

    @Test func showReadsTheVaultWhenS3IsGone() async throws {
        let sandbox = try Sandbox()
        #expect(try await sandbox.run("snapshot").status == 0)
        sandbox.s3.server.stop()
        let outcome = try await sandbox.run("show", "vault:primary:network", "--raw")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output == SampleVault.state(serial: 3))
        // Without `vault:` it is the same bytes, but they may not be the newest: said, and never status 0.
        for arguments in [["show", "primary:network", "--raw"], ["show", "primary:network"], ["versions", "primary:network"]] {
            let doubtful = try await TFGuardBinary.run(arguments, in: sandbox.folder, environment: sandbox.environment)
            #expect(doubtful.status == 3, "\(arguments): \(doubtful.errors)")
            #expect((doubtful.output + doubtful.errors).contains("newer versions may exist"), "\(arguments)")
        }
    }

    @Test func filesAndStandardInputNeedNoConfiguration() async throws {
        let folder = try TemporaryDirectory("files")
        try folder.write(SampleVault.state(serial: 5), to: "old.tfstate")
        let file = try await TFGuardBinary.run("show", "./old.tfstate", "--json", in: folder)
        #expect(file.status == 0, "\(file.errors)")
        #expect(try file.document["serial"] as? Int == 5)
        let input = try await TFGuardBinary.run("show", "-", in: folder, input: Array(SampleVault.state(serial: 6).utf8))
        #expect(input.status == 0)
        #expect(input.output.contains("serial      6\n"))
        let missing = try await TFGuardBinary.run("show", "./nowhere.tfstate", in: folder)
        #expect(missing.status == 1)
        try folder.write("<html>busy</html>", to: "page.tfstate")
        let page = try await TFGuardBinary.run("show", "page.tfstate", in: folder)
        #expect(page.status == 1)
        #expect(page.errors.contains("HTML") || page.errors.contains("html"), "\(page.errors)")
    }

    @Test func hostileKeysReachNoTerminal() async throws {
        let key = "::add-mask::\u{202E}/terraform.tfstate"
        let sandbox = try Sandbox([key: [1]])
        sandbox.s3.inject(.accessDenied) { $0.http.method == "GET" && $0.key == key }
        let outcome = try await sandbox.run("snapshot", "-v")
        #expect(outcome.status == 3)
        for text in [outcome.output, outcome.errors] {
            #expect(!text.unicodeScalars.contains("\u{202E}"))
            #expect(!text.split(separator: "\n").contains { $0.drop { $0 == " " }.hasPrefix("::") })
        }
        #expect(outcome.output.contains("\\u{202e}"))
    }

    @Test func verboseLogsTellNoSecrets() async throws {
        let sandbox = try Sandbox()
        let outcome = try await sandbox.run("snapshot", "-vv")
        #expect(outcome.errors.contains("tfguard: debug: request "))
        #expect(!outcome.errors.contains("not-for-anyone"))
        #expect(!outcome.errors.contains("Signature"))
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func aSignalStopsAtTheSafePointWith130(number: Int32) async throws {
        let sandbox = try Sandbox()
        sandbox.s3.inject(.wire(.delay(.seconds(20)))) { $0.http.method == "GET" && $0.key == "network/terraform.tfstate" }
        let child = try ChildProcess(
            [TFGuardBinary.path, "snapshot", "--json"],
            environment: sandbox.environment.merging(["HOME": sandbox.folder.path, "AWS_EC2_METADATA_DISABLED": "true"]) { $1 },
            workingDirectory: sandbox.folder.path)
        while !sandbox.s3.requests.contains(where: { $0.key == "network/terraform.tfstate" }), child.poll() == nil {
            try await Task.sleep(for: .milliseconds(10))
        }
        child.signal(number)
        let outcome = try await child.finish()
        #expect(outcome.status == 130, "\(outcome.errors)")
        #expect(outcome.errors.contains("stopping at the next safe point"))
        #expect(try outcome.document["exit_code"] as? Int == 130)
        sandbox.s3.removeFaults()
        let again = try await sandbox.run("snapshot")
        #expect(again.status == 0, "\(again.output)")
        #expect(try await sandbox.run("vault", "check", "--read-data").status == 0)
    }

    @Test func progressComesAsJSONLinesWhenAsked() async throws {
        let sandbox = try Sandbox()
        let outcome = try await sandbox.run("snapshot", "--json", "--progress", "json", environment: ["TFGUARD_NO_PROGRESS": "0"])
        #expect(outcome.status == 0)
        let lines = outcome.errors.split(separator: "\n")
        #expect(!lines.isEmpty)
        for line in lines {
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            #expect(object?["message_type"] as? String == "progress")
        }
        #expect(try outcome.document["command"] as? String == "snapshot")
    }

    @Test(arguments: [
        ["snapshot", "nowhere"], ["snapshot", "--as-of", "06-07-2026"], ["snapshot", "--shard", "9/8"], ["snapshot", "--parallel", "0"],
        ["versions", "nowhere:x"], ["versions", "./file"], ["show", "primary:network@06-07-2026"], ["vault"], ["vault", "chek"],
        ["vault", "check", "--read-data-subset", "0%"], ["versions", "primary:network", "-f", "sarif"], ["init", "--format", "html"],
    ])
    func senselessRequestsExitWith64(arguments: [String]) async throws {
        let sandbox = try Sandbox()
        let outcome = try await TFGuardBinary.run(arguments, in: sandbox.folder, environment: sandbox.environment)
        #expect(outcome.status == 64 || (arguments == ["vault"] && outcome.status == 64), "\(outcome.errors)")
        #expect(outcome.errors.hasPrefix("tfguard: "))
    }

    @Test func damageInTheVaultIsFoundAndItsVersionsAreNamed() async throws {
        let sandbox = try Sandbox()
        #expect(try await sandbox.run("snapshot").status == 0)
        let files = FileManager.default.enumerator(atPath: sandbox.folder.file("vault"))?.allObjects as? [String] ?? []
        let pack = try #require(files.filter { $0.hasPrefix("data/") }.max { $0.count < $1.count })
        let path = sandbox.folder.file("vault/\(pack)")
        var bytes = try readFile(path)
        bytes[bytes.count / 3] ^= 0x40
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        try Data(bytes).write(to: URL(filePath: path))
        let outcome = try await sandbox.run("vault", "check", "--read-data", "--json")
        #expect(outcome.status == 2, "\(outcome.output)")
        let document = try outcome.document
        #expect((document["findings"] as? [[String: Any]])?.contains { $0["severity"] as? String == "critical" } == true)
        #expect((document["affected"] as? [[String: Any]])?.isEmpty == false)
        #expect(try await sandbox.run("vault", "check", "--read-data", "-f", "junit").output.contains("<failure type=\"critical\""))
    }
}
