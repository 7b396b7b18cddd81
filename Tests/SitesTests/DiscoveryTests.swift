import TestSupport
import Testing

@testable import Sites

@Suite struct ObjectCandidateTests {
    @Test(arguments: [
        ("terraform.tfstate", 100, ObjectCandidate.state), ("env:/blue/net", 100, .unknown), ("a/b/x.tfstate", 0, .state),
        ("a/terraform.tfstate.tflock", 222, .ignored(.lockFile)), ("a/", 0, .ignored(.folderMarker)), ("a/", 500, .unknown),
        (".terraform/terraform.tfstate", 500, .unknown), ("x/.terraform/terraform.tfstate", 500, .unknown),
        ("a/.terraform.lock.hcl", 500, .ignored(.otherFileType)), ("img/LOGO.PNG", 500, .ignored(.otherFileType)),
        ("plan.tfplan", 500, .unknown), ("state.json", 500, .unknown), ("terraform.tfstate.backup", 500, .unknown), ("tiny", 3, .ignored(.tooSmall)),
        ("../../etc/passwd", 500, .unknown), ("a//b", 500, .unknown),
    ])
    func namesAndSizesDecideWithoutReading(key: String, size: Int64, expected: ObjectCandidate) {
        #expect(ObjectCandidate(key: key, largestSize: size) == expected)
    }

    @Test(arguments: [".tfguard/fence/net/terraform.tfstate.json", "prod/.tfguard/drill/1/net/terraform.tfstate", ".tfguard/a.tflock"])
    func ourOwnRecordsAreNoStates(key: String) {
        #expect(ObjectCandidate(key: key, largestSize: 4_096) == .ignored(.ownRecord))
    }

    @Test func aFolderThatOnlyEndsLikeOursIsSomebodyElses() {
        #expect(ObjectCandidate(key: "my.tfguard/net/terraform.tfstate", largestSize: 4_096) == .state)
    }

    @Test func aKeyOfDeleteMarkersAloneIsAStateOnlyByItsName() {
        #expect(ObjectCandidate(key: "net", largestSize: nil) == .ignored(.deleted))
        #expect(ObjectCandidate(key: "net.tfstate", largestSize: nil) == .state)
    }
}

@Suite struct ContentSnifferTests {
    @Test(arguments: [
        #"{"version":4,"terraform_version":"1.11.4","serial":3,"lineage":"x","outputs":{},"resources":["#,
        "\n {\n  \"version\": 4,\n  \"serial\": 1,\n  \"lineage\": \"\"",
        #"{"check_results":null,"lineage":"x","outputs":{"a":{"value":"}\"{"#,
        #"{"version":3,"terraform_version":"0.11.14","serial":1,"lineage":"x","modules":[{"path":["root"]"#,
        #"{"version":1,"serial":7,"modules":["#,
        #"{"serial":4,"lineage":"x","meta":{"key_provider.pbkdf2.main":"e30="},"encrypted_data":"AAAA","encryption_version":"v0"}"#,
        #"{"VERSION":4,"Serial":1,"LINEAGE":"x"}"#,
        "\u{FEFF}{\"version\":4,\"serial\":1,\"lineage\":\"x\"}",
        #"{"outputs":{"version":1},"version":4,"terraform_version":"1.0.0"}"#,
    ])
    func statesOfEveryAgeAreSeen(text: String) { #expect(ContentSniffer.judge(Array(text.utf8)) == .state) }

    @Test(arguments: [
        (#"{"version":3,"terraform_version":"1.11.4","backend":{"type":"s3","config":{}}}"#, IgnoredReason.backendCache),
        (#"{"version":3,"serial":1,"lineage":"x","backend":{"type":"s3"},"modules":[]}"#, .backendCache),
        (#"{"version":3,"state_store":{"type":"s3"}}"#, .backendCache),
        (#"{"format_version":"1.2","terraform_version":"1.11.4","planned_values":{"#, .plan),
        (#"{"format_version":"1.2","terraform_version":"1.11.4","variables":{"#, .plan),
        (#"{"format_version":"1.0","terraform_version":"1.11.4","values":{"#, .showJSON),
        (#"{"ID":"41564fba","Operation":"OperationTypeApply","Info":"","Who":"root@vm"}"#, .lockInfo),
        ("PK\u{3}\u{4}tfplan", .plan), ("<html>", .otherContent), ("", .otherContent), ("null", .otherContent), ("[{\"version\":4}]", .otherContent),
        (#"{"name":"app","version":"1.0.0","lockfileVersion":3}"#, .otherContent), (#"{"nested":{"version":4,"serial":1,"lineage":"x"}}"#, .otherContent),
        (#"{"a":["serial","lineage","version"],"b":"lineage"}"#, .otherContent),
    ])
    func whatOnlyLooksLikeAStateIsNamed(text: String, reason: IgnoredReason) { #expect(ContentSniffer.judge(Array(text.utf8)) == .ignored(reason)) }

    @Test func anyBytesAreJudgedWithoutACrash() {
        var random = SplitMix(seed: 5)
        for _ in 0..<2_000 { _ = ContentSniffer.judge((0..<random.below(64)).map { _ in Array("{}[]\",:\\a \u{0}".utf8)[random.below(11)] }) }
    }

    @Test(.enabled(if: SharedCorpus.exists, "\(SharedFixtures.comment)")) func recordedStatesAreSeenFromTheirHead() throws {
        for file in SharedCorpus.files(in: "history/primary", ending: ".tfstate") {
            let head = try LocalFile.read(file, limit: 1 << 24).prefix(ContentSniffer.headLength)
            #expect(ContentSniffer.judge(head) == .state)
        }
        for (name, reason) in [("31_backup_lock_file", IgnoredReason.lockInfo), ("32_plan_json", .plan), ("33_show_json", .showJSON)] {
            let head = try LocalFile.read("\(SharedCorpus.folder)/corrupt/\(name).tfstate", limit: 1 << 24).prefix(ContentSniffer.headLength)
            #expect(ContentSniffer.judge(head) == .ignored(reason), "\(name)")
        }
    }
}

@Suite struct StateLayoutTests {
    @Test func workspacesOfAPrefixAreListedToo() {
        let layout = StateLayout(prefix: "prod/")
        #expect(layout.listingPrefixes == ["prod/", "env:/"])
        #expect(layout.contains("prod/a") && layout.contains("env:/blue/prod/a") && !layout.contains("env:/blue/stage/a") && !layout.contains("stage/a"))
        #expect(StateLayout().listingPrefixes == [nil])
        #expect(StateLayout(prefix: "env:/blue/").listingPrefixes == ["env:/blue/"])
        #expect(StateLayout(prefix: "w", workspaceKeyPrefix: "ws").listingPrefixes == ["w"])
    }

    @Test func aWorkspaceKeyIsSplit() throws {
        let split = try #require(StateLayout().split("env:/blue/prod/network/terraform.tfstate"))
        #expect(split.workspace == "blue" && split.key == "prod/network/terraform.tfstate")
        #expect(StateLayout().split("env:/blue/") == nil && StateLayout().split("env:/blue") == nil && StateLayout().split("prod/a") == nil)
    }
}

@Suite struct StateSelectionTests {
    @Test func everyKeyBelongsToExactlyOneShardAndStaysThere() throws {
        let keys = (0..<500).map { "env:/w\($0)/network/terraform.tfstate" }
        let shards = try (1...7).map { try #require(StateSelection.Shard(index: $0, count: 7)) }
        for key in keys { #expect(shards.filter { $0.contains(key) }.count == 1) }
        for shard in shards { #expect((30...120).contains(keys.filter(shard.contains).count)) }
        // Fixed for ever: another version of tfguard must divide in the same way.
        #expect(shards.firstIndex { $0.contains("prod/network/terraform.tfstate") } == 0)
    }

    @Test(arguments: ["0/3", "4/3", "1", "a/b", "1/0", "-1/2", "1/2/3"]) func wrongShardsAreRefused(text: String) { #expect(StateSelection.Shard(text) == nil) }

    @Test func globsSelectAndExclude() throws {
        let selection = StateSelection(include: [try #require(Glob("prod/**"))], exclude: [try #require(Glob("scratch"))])
        #expect(selection.exclusion(of: "prod/a") == nil)
        #expect(selection.exclusion(of: "prod/scratch/a") == .notSelected && selection.exclusion(of: "stage/a") == .notSelected)
    }
}
