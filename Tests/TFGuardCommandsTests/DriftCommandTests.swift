import Foundation
import Reports
import TestSupport
import Testing

@Suite struct DriftCommandTests {
    private let folder: TemporaryDirectory

    init() throws {
        folder = try TemporaryDirectory()
        try folder.write(SampleStack.Side.primary.text, to: "primary.tfstate")
        try folder.write(SampleStack.Side.dr.text, to: "dr.tfstate")
        var weak = SampleStack.Side.dr
        weak.backupDays = 0
        weak.hasBucket = false
        try folder.write(weak.text, to: "weak.tfstate")
    }

    private func findings(_ arguments: String..., status: Int32 = 2) async throws -> [[String: Any]] {
        let outcome = try await TFGuardBinary.run(["drift"] + arguments + ["--json"], in: folder)
        #expect(outcome.status == status, "\(arguments): \(outcome.errors)")
        let pairs = try #require(try outcome.document["pairs"] as? [[String: Any]])
        return pairs.flatMap { $0["findings"] as? [[String: Any]] ?? [] }
    }

    private func keys(_ findings: [[String: Any]], _ side: String = "primary_address") -> Set<String> {
        Set(findings.map { "\($0["class"] ?? "") \($0[side] as? String ?? "-") \($0["attribute"] as? String ?? "-")" })
    }

    @Test func aPairInStepExitsWith0() async throws {
        let outcome = try await TFGuardBinary.run("drift", "primary.tfstate", "dr.tfstate", in: folder)
        #expect(outcome.status == 0, "\(outcome.output)")
        #expect(outcome.output.contains("No findings in 1 pair of stacks"))
        #expect(outcome.output.contains("expected"))
    }

    @Test func theDocumentKeepsItsContract() async throws {
        let outcome = try await TFGuardBinary.run("drift", "primary.tfstate", "weak.tfstate", "--json", in: folder)
        #expect(outcome.status == 2)
        let document = try outcome.document
        let pair = try #require((document["pairs"] as? [[String: Any]])?.first)
        #expect((pair["primary"] as? [String: Any])?["serial"] as? Int == 7)
        #expect((pair["dr"] as? [String: Any])?["reference"] as? String == "weak.tfstate")
        #expect(pair["counterparts"] as? Int == 2)
        #expect((pair["expected"] as? [String: Int])?.isEmpty == false)
        let findings = try #require(pair["findings"] as? [[String: Any]])
        #expect(keys(findings) == ["changed aws_db_instance.main backup_retention_period", "missing aws_s3_bucket.logs -"])
        let days = try #require(findings.first { $0["attribute"] as? String == "backup_retention_period" })
        #expect(days["primary_value"] as? Int == 7)
        #expect(days["dr_value"] as? Int == 0)
        for name in ["id", "class", "rule_id", "severity", "reason", "component"] { #expect(days[name] is String, "\(name)") }
        let summary = try #require(document["summary"] as? [String: Int])
        #expect(summary["findings"] == 2)
    }

    @Test func swappingTheSidesMirrorsTheResult() async throws {
        let there = try await findings("primary.tfstate", "weak.tfstate")
        let back = try await findings("weak.tfstate", "primary.tfstate")
        let mirrored = keys(there).map { $0.hasPrefix("missing ") ? "extra " + $0.dropFirst(8) : $0 }
        #expect(keys(back, "dr_address") == Set(mirrored))
    }

    @Test(arguments: [(#"{"a":"#, "}"), ("[", "]"), (#"[{"a":"#, "}]")]) func nestingAsDeepAsAStateMayHaveItNeitherCrashesNorHangs(opening: String, closing: String) async throws {
        let levels = opening.count > 1 && closing.count > 1 ? 4_500 : 9_000
        func state(_ innermost: String) -> String {
            let value = String(repeating: opening, count: levels) + innermost + String(repeating: closing, count: levels)
            return #"{"version":4,"serial":1,"lineage":"l","terraform_version":"1.11.4","outputs":{},"resources":[{"mode":"managed","type":"terraform_data","name":"d","provider":"provider[\"terraform.io/builtin/terraform\"]","instances":[{"schema_version":0,"attributes":{"id":"x","input":"#
                + value + "}}]}]}"
        }
        try folder.write(state("1"), to: "deep-primary.tfstate")
        try folder.write(state("2"), to: "deep-dr.tfstate")
        let outcome = try await TFGuardBinary.run("drift", "deep-primary.tfstate", "deep-dr.tfstate", "--json", in: folder)
        #expect(outcome.status == 2, "\(outcome.errors.prefix(500))")
    }

    @Test func theThresholdDecidesTheStatus() async throws {
        let findings = try await findings("primary.tfstate", "weak.tfstate", "--fail-on", "critical", status: 0)
        #expect(findings.count == 2, "what is below the threshold is still shown")
    }

    @Test func aBaselineAcceptsWhatItKnowsAndNothingElse() async throws {
        _ = try await findings("primary.tfstate", "weak.tfstate", "--write-baseline", "accepted.json", status: 0)
        _ = try await findings("primary.tfstate", "weak.tfstate", "--baseline", "accepted.json", status: 0)
        var weaker = SampleStack.Side.dr
        weaker.backupDays = 0
        weaker.instanceClass = "db.t3.micro"
        try folder.write(weaker.text, to: "weaker.tfstate")
        let outcome = try await TFGuardBinary.run("drift", "primary.tfstate", "weaker.tfstate", "--baseline", "accepted.json", "--json", in: folder)
        #expect(outcome.status == 2)
        #expect((try outcome.document["summary"] as? [String: Int])?["findings"] == 1)
        let baseline = try #require(try outcome.document["baseline"] as? [String: Any])
        #expect((baseline["gone"] as? [String])?.count == 1, "the bucket is there again")
        #expect(!(try String(decoding: folder.read("accepted.json"), as: UTF8.self)).contains("db.m5"), "a baseline holds no values")
        try folder.write("[]", to: "broken.json")
        #expect(try await TFGuardBinary.run("drift", "primary.tfstate", "weak.tfstate", "--baseline", "broken.json", in: folder).status == 1)
        #expect(try await TFGuardBinary.run("drift", "primary.tfstate", "weak.tfstate", "--baseline", "absent.json", in: folder).status == 1)
    }

    @Test func rulesPutAsideWithReasonsAndGoStale() async throws {
        try folder.write(
            """
            ignore:
              - { type: aws_db_instance, attribute: backup_retention_period, reason: "backups are copied by AWS Backup" }
              - { type: aws_s3_bucket, class: missing, reason: "logs stay at home", until: 2020-01-01 }
              - { type: aws_lambda_function, reason: "there was one, once" }

            """, to: "rules.yaml")
        let outcome = try await TFGuardBinary.run("drift", "primary.tfstate", "weak.tfstate", "--rules", "rules.yaml", "--show-expected", "--json", in: folder)
        #expect(outcome.status == 2)
        let document = try outcome.document
        let pair = try #require((document["pairs"] as? [[String: Any]])?.first)
        #expect(keys(pair["findings"] as? [[String: Any]] ?? []) == ["missing aws_s3_bucket.logs -"], "an expired rule covers nothing")
        let stale = try #require(document["stale_rules"] as? [[String: Any]])
        #expect(Set(stale.map { "\($0["place"] ?? "") \($0["cause"] ?? "")" }) == ["rules.yaml:3 expired", "rules.yaml:4 matched nothing"])
        let expected = try #require(pair["expected_differences"] as? [[String: Any]])
        #expect(expected.contains { $0["detail"] as? String == "backups are copied by AWS Backup" })

        try folder.write("ignore:\n  - { type: aws_x }\n", to: "unreasoned.yaml")
        let unreasoned = try await TFGuardBinary.run("drift", "primary.tfstate", "weak.tfstate", "--rules", "unreasoned.yaml", in: folder)
        #expect(unreasoned.status == 64)
        #expect(unreasoned.errors.contains("unreasoned.yaml:2"))
        try folder.write("ignore:\n  - { class: wrong, reason: r }\n", to: "class.yaml")
        #expect(try await TFGuardBinary.run("drift", "primary.tfstate", "weak.tfstate", "--rules", "class.yaml", in: folder).status == 64)
    }

    @Test func theShippedRulesCanBeTurnedOff() async throws {
        let findings = try await findings("primary.tfstate", "dr.tfstate", "--no-default-rules")
        #expect(findings.contains { $0["class"] as? String == "secret" && $0["primary_value"] is NSNull })
    }

    @Test func anExplanationTellsHowAPairWasFound() async throws {
        let outcome = try await TFGuardBinary.run("drift", "primary.tfstate", "weak.tfstate", "--explain", "aws_db_instance.main", in: folder)
        #expect(outcome.output.contains("confidence"))
        #expect(outcome.output.contains("backup_retention_period"))
        #expect(outcome.output.contains("Expected differences"))
        #expect(try await TFGuardBinary.run("drift", "primary.tfstate", "weak.tfstate", "--explain", "aws_vpc.nobody", in: folder).status == 1)
    }

    @Test func oneStateThatHoldsNoTwoStacksIsAnError() async throws {
        let outcome = try await TFGuardBinary.run("drift", "primary.tfstate", in: folder)
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("--split"))
        #expect(try await TFGuardBinary.run("drift", "primary.tfstate", "dr.tfstate", "--split", "names=dr", in: folder).status == 64)
        #expect(try await TFGuardBinary.run("drift", "primary.tfstate", "--split", "halves", in: folder).status == 64)
    }

    @Test(arguments: ["", "{\"version\": 4,", "<html></html>"])
    func whatIsNoStateNeverCountsAsInStep(text: String) async throws {
        try folder.write(text, to: "broken.tfstate")
        for pair in [["primary.tfstate", "broken.tfstate"], ["broken.tfstate", "primary.tfstate"], ["broken.tfstate"]] {
            #expect(try await TFGuardBinary.run(["drift"] + pair, in: folder).status == 1, "\(pair)")
        }
    }

    @Test(arguments: ReportFormat.allCases)
    func secretsShowInNoFormat(format: ReportFormat) async throws {
        var leaking = SampleStack.Side.dr
        leaking.leak = "-\(SampleStack.secret)"
        try folder.write(leaking.text, to: "leaking.tfstate")
        let arguments = ["drift", "primary.tfstate", "leaking.tfstate", "--no-default-rules", "--show-expected", "-v", "-f", format.rawValue]
        let outcome = try await TFGuardBinary.run(arguments, in: folder)
        #expect(outcome.status == 2)
        for secret in [SampleStack.secret, "another-password-of-dr"] { #expect(!outcome.output.contains(secret)) }
        #expect(outcome.output.contains("parameter_group_name"))
    }
}

/// Two sites whose buckets do not answer: everything comes from the vault.
@Suite struct DriftSitesTests {
    private let folder: TemporaryDirectory

    init() throws {
        folder = try TemporaryDirectory()
    }

    private func configure(_ drift: String = "") throws {
        let access = #"endpoint: "http://127.0.0.1:9", use_path_style: true, allow_http: true"#
        try folder.write(
            """
            vault: { location: ./vault }
            sites:
              primary: { bucket: states-east, region: us-east-1, prefix: prod/, \(access) }
              dr: { bucket: states-west, region: us-west-2, prefix: standby/, \(access) }
            \(drift)

            """, to: "tfguard.yaml")
    }

    private func drift(_ arguments: String...) async throws -> ProcessOutcome {
        try await TFGuardBinary.run(["drift", "primary", "dr", "--from-vault", "--json"] + arguments, in: folder)
    }

    private func pairs(_ outcome: ProcessOutcome) throws -> [String] {
        let pairs = try #require(try outcome.document["pairs"] as? [[String: Any]])
        return pairs.map { pair in
            ["primary", "dr"].map { ((pair[$0] as? [String: Any])?["reference"] as? String)?.components(separatedBy: "@").first ?? "-" }.joined(separator: " ")
        }
    }

    @Test func statesOfTheSameNameBelongTogether() async throws {
        try configure()
        try await SampleVault.make(
            at: folder.file("vault"),
            states: [
                "primary:prod/app.tfstate": SampleStack.Side.primary.text, "primary:prod/lonely.tfstate": SampleStack.Side.primary.text,
                "dr:standby/app.tfstate": SampleStack.Side.dr.text,
            ])
        let outcome = try await drift()
        #expect(outcome.status == 2, "\(outcome.errors)")
        #expect(try pairs(outcome) == ["vault:primary:prod/app.tfstate vault:dr:standby/app.tfstate", "vault:primary:prod/lonely.tfstate -"])
        let summary = try #require(try outcome.document["summary"] as? [String: Int])
        #expect(summary["findings"] == 1, "a state that DR lacks is a finding")
        #expect(summary["high"] == 1)
    }

    @Test func theConfigurationPairsWhatNamesDoNot() async throws {
        try configure(
            """
            drift:
              pairs: [ { primary: app.tfstate, dr: other.tfstate } ]
              ignore: [ { type: aws_db_instance, attribute: backup_retention_period, reason: "copied by AWS Backup" } ]
            """)
        var weak = SampleStack.Side.dr
        weak.backupDays = 0
        try await SampleVault.make(at: folder.file("vault"), states: ["primary:prod/app.tfstate": SampleStack.Side.primary.text, "dr:standby/other.tfstate": weak.text])
        let outcome = try await drift()
        #expect(outcome.status == 0, "\(outcome.output)")
        #expect(try pairs(outcome) == ["vault:primary:prod/app.tfstate vault:dr:standby/other.tfstate"])
    }

    @Test func theOnlyStateOfEachIsAPair() async throws {
        try configure()
        try await SampleVault.make(at: folder.file("vault"), states: ["primary:prod/a.tfstate": SampleStack.Side.primary.text, "dr:standby/b.tfstate": SampleStack.Side.dr.text])
        #expect(try pairs(try await drift()) == ["vault:primary:prod/a.tfstate vault:dr:standby/b.tfstate"])
    }

    @Test func aStateThatCannotBeReadIsAProblemAndTheRestIsCompared() async throws {
        try configure()
        try await SampleVault.make(
            at: folder.file("vault"),
            states: [
                "primary:prod/app.tfstate": SampleStack.Side.primary.text, "dr:standby/app.tfstate": SampleStack.Side.dr.text,
                "primary:prod/bad.tfstate": "<html>", "dr:standby/bad.tfstate": SampleStack.Side.dr.text,
            ])
        let outcome = try await drift()
        #expect(outcome.status == 3)
        #expect(try pairs(outcome).count == 1)
        let problems = try #require(try outcome.document["problems"] as? [[String: Any]])
        #expect((problems[0]["reference"] as? String)?.contains("prod/bad.tfstate") == true)
    }

    @Test func anEarlierTimeIsComparedOnRequest() async throws {
        try configure()
        try await SampleVault.make(at: folder.file("vault"), states: ["primary:prod/a.tfstate": SampleStack.Side.primary.text, "dr:standby/b.tfstate": SampleStack.Side.dr.text])
        #expect(try await drift("--as-of", "2030-01-01T00:00:00Z").status == 0)
        let before = try await drift("--as-of", "2001-01-01T00:00:00Z")
        #expect(before.status == 1, "no version is that old")
        #expect(try await drift("--as-of", "yesterday").status == 64)
    }
}
