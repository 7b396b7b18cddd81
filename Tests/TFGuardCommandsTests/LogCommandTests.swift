import Cryptography
import Foundation
import StateJSON
import TestSupport
import Testing
import Timestamps
import Vault

/// The history comes from a vault: the sites' bucket does not answer.
@Suite struct LogCommandTests {
    private let folder: TemporaryDirectory
    private static let start = Timestamp(seconds: 1_795_356_134)

    init() throws {
        folder = try TemporaryDirectory()
        try folder.write(
            """
            vault: { location: ./vault }
            sites:
              primary: { bucket: no-such-bucket, region: us-east-1, endpoint: "http://127.0.0.1:9", use_path_style: true, allow_http: true }

            """, to: "tfguard.yaml")
    }

    private static func versions() -> [(text: String, after: Int)] {
        var side = SampleStack.Side.primary
        var versions: [(String, Int)] = []
        func add(after seconds: Int, _ change: (inout SampleStack.Side) -> Void) {
            change(&side)
            side.serial += 1
            versions.append((side.text, seconds))
        }
        add(after: 0) { $0.hasBucket = false }
        add(after: 20) { $0.hasBucket = true }
        add(after: 40) { $0.backupDays = 14 }
        add(after: 4000) { $0.instanceClass = "db.m5.xlarge" }
        add(after: 8000) { $0.databaseName = "renamed" }
        return versions
    }

    /// - Parameter damaged: index of the version whose bytes are no state.
    private func makeVault(damaged: Int? = nil) async throws {
        let vault = try await BackupVault.create(in: LocalFolderStorage(creating: folder.file("vault")), at: Self.start)
        let writer = try await vault.beginSnapshot(at: Self.start, by: "tests")
        var texts = Self.versions()
        if let damaged { texts[damaged].text = "<html>" }
        let listed = texts.enumerated().reversed().map { index, version in
            ListedVersion(
                versionID: "version-\(index)-abcdefgh", isLatest: index == texts.count - 1, isDeleteMarker: false,
                lastModified: Self.start + .seconds(version.after), etag: "etag\(index)", size: Int64(version.text.utf8.count), storageClass: "STANDARD")
        }
        let recorder = try await writer.record(StateID(site: "primary", key: "app.tfstate"), listed: listed)
        for version in recorder.missing {
            let index = try #require(listed.firstIndex { $0.versionID == version.versionID })
            let bytes = Array(texts[texts.count - 1 - index].text.utf8)
            try await recorder.store(
                version, bytes: StateBytes(bytes), sha256: SHA256.hash(bytes),
                summary: StateSummary(form: "state", verdict: "ok", serial: UInt64(7 + texts.count - index), lineage: nil, terraformVersion: nil, resourceCount: nil, instanceCount: nil))
        }
        try await recorder.finish()
        _ = try await writer.commit(sites: [], problems: [])
    }

    private func entries(_ arguments: String...) async throws -> [[String: Any]] {
        let outcome = try await TFGuardBinary.run(["log", "vault:primary", "--json"] + arguments, in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        return try #require(try outcome.document["entries"] as? [[String: Any]])
    }

    private func actions(_ entry: [String: Any]) -> [String] {
        (entry["changes"] as? [[String: Any]] ?? []).map { "\($0["action"] ?? "") \($0["address"] ?? "")" }
    }

    @Test func everyVersionIsComparedWithTheOneBefore() async throws {
        try await makeVault()
        let entries = try await entries()
        #expect(entries.map { $0["serial"] as? Int } == [12, 11, 10, 9, 8])
        #expect(actions(entries[0]) == ["move aws_db_instance.renamed"])
        #expect(actions(entries[1]) == ["change aws_db_instance.main"])
        #expect(actions(entries[3]) == ["add aws_s3_bucket.logs"])
        #expect(actions(entries[4]).count == 2, "the oldest version brought what it holds")
        #expect(entries[4]["previous_version_id"] is NSNull)
        let table = try await TFGuardBinary.run("log", "vault:primary", in: folder)
        #expect(table.output.contains("aws_db_instance.main has moved to aws_db_instance.renamed"))
        #expect(table.output.hasSuffix("5 versions of primary:app.tfstate.\n"))
    }

    @Test func anAddressIsFollowedThroughItsMove() async throws {
        try await makeVault()
        let entries = try await entries("aws_db_instance.renamed")
        #expect(entries.map { $0["serial"] as? Int } == [12, 11, 10, 8])
        #expect(try await self.entries("aws_s3_bucket.logs").map { $0["serial"] as? Int } == [9])
        let blame = try await self.entries("aws_db_instance.renamed", "--attribute", "backup_retention_period")
        #expect(blame.map { $0["serial"] as? Int } == [10, 8])
        let nobody = try await TFGuardBinary.run("log", "vault:primary", "aws_vpc.nobody", in: folder)
        #expect(nobody.output.contains("No version that can be read holds aws_vpc.nobody."))
    }

    @Test func blameBeginsWithTheValueAtTheCreation() async throws {
        try await makeVault()
        let blame = try await entries("aws_db_instance.renamed", "--attribute", "backup_retention_period")
        let values = blame.map { entry -> [String] in
            (entry["changes"] as? [[String: Any]] ?? []).flatMap { change in
                (change["attributes"] as? [[String: Any]] ?? []).map { attribute in
                    func text(_ side: String) -> String { (attribute[side] as? Int).map(String.init) ?? (attribute[side] is NSNull ? "null" : "no number") }
                    return "\(attribute["path"] as? String ?? "no path"): \(text("before")) → \(text("after"))"
                }
            }
        }
        #expect(values == [["backup_retention_period: 7 → 14"], ["backup_retention_period: null → 7"]])
        let name = try await TFGuardBinary.run("log", "vault:primary", "aws_db_instance.renamed", "--attribute", "tags[\"Nobody\"]", in: folder)
        #expect(name.output.contains("No version that can be read sets tags[\"Nobody\"] of aws_db_instance.renamed."))
    }

    @Test(arguments: [("-2", 3), ("serial=10", 3), ("id=version-1-abc", 2), ("2026-11-22T14:03:10Z", 3), ("latest", 5), ("last-good", 5)])
    func aVersionEndsTheHistory(version: String, count: Int) async throws {
        try await makeVault()
        let outcome = try await TFGuardBinary.run("log", "vault:primary@\(version)", "--json", in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect((try outcome.document["entries"] as? [[String: Any]])?.count == count)
        #expect(try await TFGuardBinary.run("log", "vault:primary@-9", "--json", in: folder).status == 1)
    }

    @Test func versionsOfOneApplyAreTakenTogether() async throws {
        try await makeVault()
        let entries = try await entries("--by-apply")
        #expect(entries.map { ($0["version_ids"] as? [String])?.count } == [1, 1, 3])
        #expect(entries[2]["first_serial"] as? Int == 8)
        #expect(entries[2]["serial"] as? Int == 10)
        #expect(try await self.entries("--by-apply", "--apply-gap", "2h").count == 1)
        #expect(try await self.entries("--limit", "2").count == 2)
    }

    @Test func aVersionThatCannotBeReadIsShownAndExitsWith3() async throws {
        try await makeVault(damaged: 2)
        let outcome = try await TFGuardBinary.run("log", "vault:primary", "--json", in: folder)
        #expect(outcome.status == 3)
        let entries = try #require(try outcome.document["entries"] as? [[String: Any]])
        #expect(entries.count == 5)
        #expect((entries[2]["unreadable"] as? String)?.contains("no state") == true)
        #expect(actions(entries[1]) == ["change aws_db_instance.main"], "compared with the readable version before")
        #expect(entries[1]["previous_version_id"] as? String == "version-1-abcdefgh")
        #expect((try outcome.document["problems"] as? [[String: Any]])?.count == 1)
    }

    @Test func whenS3DoesNotAnswerTheVaultDoes() async throws {
        try await makeVault()
        let environment = ["AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_MAX_ATTEMPTS": "1"]
        let outcome = try await TFGuardBinary.run(["log", "primary", "--json"], in: folder, environment: environment)
        #expect(outcome.status == 3, "newer versions may exist: \(outcome.errors)")
        #expect((try outcome.document["entries"] as? [[String: Any]])?.count == 5)
    }

    @Test func theOldAddressTellsWhereTheInstanceWent() async throws {
        try await makeVault()
        let entries = try await entries("aws_db_instance.main")
        #expect(entries.map { $0["serial"] as? Int } == [12, 11, 10, 8])
        #expect(actions(entries[0]) == ["move aws_db_instance.renamed"])
    }

    @Test func anAttributeMayBeAskedForWithoutAnAddress() async throws {
        try await makeVault()
        #expect(try await entries("--attribute", "backup_retention_period").map { $0["serial"] as? Int } == [10, 8])
        #expect(try await entries("--attribute", "backup_retention_period", "--limit", "1").map { $0["serial"] as? Int } == [10])
        let table = try await TFGuardBinary.run("log", "vault:primary", "--attribute", "backup_retention_period", in: folder)
        #expect(table.output.hasSuffix("2 versions of primary:app.tfstate touched backup_retention_period.\n"), "\(table.output)")
        let none = try await TFGuardBinary.run("log", "vault:primary", "--attribute", "nobody", in: folder)
        #expect(none.output.contains("No version that can be read sets nobody."))
    }

    @Test(arguments: ["tags.Name", "tags[\"Name\"]"])
    func namesInPathsMayBeTypedEitherWay(path: String) async throws {
        try await makeVault()
        let entries = try await entries("aws_vpc.main", "--attribute", path)
        let attributes = (entries.first?["changes"] as? [[String: Any]])?.first?["attributes"] as? [[String: Any]]
        #expect(entries.map { $0["serial"] as? Int } == [8])
        #expect(attributes?.map { $0["after"] as? String } == ["app-use1"])
    }

    @Test func theLimitCountsWhatIsListed() async throws {
        try await makeVault(damaged: 4)
        let outcome = try await TFGuardBinary.run("log", "vault:primary", "--limit", "2", "--json", in: folder)
        let entries = try #require(try outcome.document["entries"] as? [[String: Any]])
        #expect(entries.map { $0["version_id"] as? String } == ["version-4-abcdefgh", "version-3-abcdefgh", "version-2-abcdefgh"], "what cannot be read is told besides")
    }

    @Test func thePageSaysThatOneApplyCanWriteSeveralVersions() async throws {
        try await makeVault()
        let words = "One apply can write several versions"
        #expect(try await TFGuardBinary.run("log", "vault:primary", in: folder).output.contains(words))
        #expect(try await TFGuardBinary.run("log", "vault:primary", "--by-apply", in: folder).output.contains(words) == false)
    }
}

/// Histories in S3, with the versions of their lock file.
@Suite struct LockedHistoryTests {
    private let sandbox: Sandbox
    private static let key = "net/terraform.tfstate", start: Int64 = 1_795_356_000

    init() throws {
        sandbox = try Sandbox([:])
        var side = SampleStack.Side.primary
        /// Two applies within a minute of each other, the second of which takes five, and a push that nobody locked.
        for (second, isLocked) in [(10, true), (30, true), (40, true), (100, true), (340, true), (350, false)] {
            side.serial += 1
            side.backupDays += 1
            if isLocked, [10, 40].contains(second) { put("{}", ".tflock", second - 5) }
            put(side.text, "", second)
            if isLocked, [30, 340].contains(second) { put(nil, ".tflock", second) }
        }
    }

    private func put(_ text: String?, _ suffix: String, _ second: Int) {
        _ = sandbox.s3.put(text.map { S3StandIn.Body($0) }, key: Self.key + suffix, bucket: Sandbox.bucket, modified: Self.start + Int64(second))
    }

    private func entries(_ arguments: String...) async throws -> [[String: Any]] {
        let outcome = try await TFGuardBinary.run(["log", "primary:net", "--by-apply", "--json"] + arguments, in: sandbox.folder, environment: sandbox.environment)
        #expect(outcome.status == 0, "\(outcome.errors)")
        return try #require(try outcome.document["entries"] as? [[String: Any]])
    }

    @Test func versionsUnderOneLockAreOneApply() async throws {
        let entries = try await entries()
        #expect(entries.map { ($0["version_ids"] as? [String])?.count } == [1, 3, 2])
        #expect(entries.map { $0["grouped_by"] as? String } == [nil, "lock", "lock"])
        #expect(entries.map { $0["serial"] as? Int } == [13, 12, 9])
        #expect(try await self.entries("--limit", "2").count == 2)
    }

    @Test func aDeleteMarkerCountsTowardsTheLimit() async throws {
        put(nil, "", 400)
        #expect(try await entries("--limit", "1").map { $0["delete_marker"] as? Bool } == [true])
        #expect(try await entries("--limit", "2").map { $0["delete_marker"] as? Bool } == [true, false])
    }

    @Test func withoutTheListOfLocksTimeTells() async throws {
        sandbox.s3.inject(.accessDenied) { $0.http.target.contains("tflock") }
        let outcome = try await sandbox.run("log", "primary:net", "--by-apply", "--json")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let entries = try #require(try outcome.document["entries"] as? [[String: Any]])
        #expect(entries.map { $0["grouped_by"] as? String } == ["time", "time"])
        #expect(outcome.output.contains("could not be listed"))
    }
}
