import Testing
import Timestamps

@testable import Sites

/// The sketch of the design, every section used.
private let whole = """
    # where backups go
    vault:
      location: ./tfguard-vault
      encryption: { passphrase_command: "pass tfguard" }
    sites:
      primary: { bucket: acme-tfstate-use1, region: us-east-1, prefix: prod/, profile: prod,
                 lock: { use_lockfile: true, dynamodb_table: tf-locks } }
      dr:
        bucket: acme-tfstate-usw2
        region: us-west-2
        role_arn: "arn:aws:iam::123456789012:role/dr-read"
        external_id: xyz
        session_name: tfguard
        duration: 1h
        endpoint: http://127.0.0.1:8433
        use_path_style: true
        use_dualstack_endpoint: false
        use_fips_endpoint: false
        kms_key_id: alias/state
        sse_customer_key: { file: keys/sse-c }
        expected_bucket_owner: 012345678901
        workspace_key_prefix: workspaces
        ca_bundle: ~/ca.pem
        no_proxy: 127.0.0.1
        max_attempts: 5
        states: ["network/**"]
        allow_http: true
    replication: [ { from: primary, to: dr, recovery_point: 15m } ]
    drift:
      pairs:   [ { primary: network/terraform.tfstate, dr: network-dr/terraform.tfstate } ]
      map:     [ { primary: "module.app.aws_instance.web", dr: "aws_instance.dr_web" } ]
      ignore:  [ { type: aws_autoscaling_group, attribute: desired_capacity, reason: "warm standby runs small", until: 2027-01-01 } ]
    drill: { recovery_time: 15m }
    retention: { keep_last: 50, keep_daily: 30, keep_weekly: 12, keep_monthly: 24, keep_yearly: 7 }
    """

@Suite struct ConfigurationTests {
    @Test func everySettingOfTheDesignIsRead() throws {
        let configuration = try Configuration(parsing: whole, file: "/etc/tfguard/tfguard.yaml", home: "/home/ann")
        #expect(configuration.vault?.location == .folder("/etc/tfguard/tfguard-vault"))
        #expect(configuration.vault?.encryption == .passphrase(.command("pass tfguard")))
        #expect(configuration.sites.map(\.name) == ["primary", "dr"])
        let primary = try configuration.site("primary")
        #expect(primary.prefix == "prod/" && primary.workspaceKeyPrefix == "env:" && primary.access.profile == "prod")
        #expect(primary.lock == LockSettings(useLockfile: true, dynamodbTable: "tf-locks"))
        let dr = try configuration.site("dr")
        #expect(dr.access.assumeRole == AssumedRole(roleARN: "arn:aws:iam::123456789012:role/dr-read", externalID: "xyz", sessionName: "tfguard", duration: .seconds(3600)))
        #expect(dr.access.endpoints.s3 == "http://127.0.0.1:8433" && dr.access.usePathStyle == true && dr.access.useFIPS == false)
        #expect(dr.encryption.customerKey == .file("/etc/tfguard/keys/sse-c") && dr.encryption.kmsKeyID == "alias/state")
        #expect(dr.access.expectedBucketOwner == "012345678901" && dr.access.caBundle == "/home/ann/ca.pem")
        #expect(dr.workspaceKeyPrefix == "workspaces" && dr.access.maxAttempts == 5 && dr.access.allowHTTP && !primary.access.allowHTTP)
        #expect(configuration.drill.recoveryTime == .seconds(900))
        #expect(configuration.replication == [ReplicationLink(from: "primary", to: "dr", recoveryPoint: .seconds(900))])
        #expect(configuration.drift.pairs == [.init(primary: "network/terraform.tfstate", dr: "network-dr/terraform.tfstate")])
        let rule = try #require(configuration.drift.ignore.first)
        #expect(rule.type == "aws_autoscaling_group" && rule.reason == "warm standby runs small")
        #expect(rule.until == Timestamp(rfc3339: "2027-01-02T00:00:00Z"))
        #expect(configuration.retention == RetentionSettings(keepLast: 50, keepDaily: 30, keepWeekly: 12, keepMonthly: 24, keepYearly: 7))
    }

    @Test func anEmptyFileIsAnEmptyConfiguration() throws {
        #expect(try Configuration(parsing: "", file: "t.yaml").sites.isEmpty)
        #expect(try Configuration(parsing: "# only a comment\n", file: "t.yaml").vault == nil)
    }

    /// Text, kind, line, key, and what the message or hint must say.
    @Test(arguments: [
        ("sites:\n  a:\n    bukcet: x\n    bucket: b", ConfigurationProblem.Kind.unknownKey, 3, "sites.a.bukcet", "bucket"),
        ("sites:\n  a: { bucket: b, dualstack: true }", .unknownKey, 2, "sites.a.dualstack", "use_dualstack_endpoint"),
        ("site:\n  a: { bucket: b }", .unknownKey, 1, "site", "sites"),
        ("sites:\n  a:\n    region: eu-west-1", .missingKey, 3, "sites.a", "bucket"),
        ("sites:\n  a: { bucket: b, secret_access_key: SENTINEL }", .secret, 2, "sites.a.secret_access_key", "never holds secrets"),
        ("sites:\n  a: { bucket: b, access_key: SENTINEL }", .secret, 2, "sites.a.access_key", "profile"),
        ("sites:\n  a: { bucket: b, profile: AKIAIOSFODNN7EXAMPLE }", .secret, 2, "sites.a.profile", "access key"),
        ("sites:\n  a: { bucket: b, sse_customer_key: SENTINEL }", .secret, 2, "sites.a.sse_customer_key", "file"),
        ("vault: { location: v, encryption: { passphrase: SENTINEL } }", .secret, 1, "vault.encryption.passphrase", "passphrase_command"),
        ("sites:\n  a: { bucket: b, https_proxy: 'http://user:SENTINEL@proxy:3128' }", .secret, 2, "sites.a.https_proxy", "password"),
        ("sites:\n  a: { bucket: b, endpoint: 'ftp://x' }", .invalidValue, 2, "sites.a.endpoint", "https://"),
        ("sites:\n  a: { bucket: b, region: 'us-east-1.evil.com' }", .invalidValue, 2, "sites.a.region", "region"),
        ("sites:\n  a: { bucket: b, use_path_style: maybe }", .wrongType, 2, "sites.a.use_path_style", "true or false"),
        ("sites:\n  a: { bucket: b, duration: 1h }", .missingKey, 2, "sites.a.duration", "role_arn"),
        ("sites:\n  vault: { bucket: b }", .invalidValue, 2, "sites.vault", "name"),
        ("sites:\n  a: { bucket: b }\nreplication: [ { from: a, to: dr } ]", .invalidValue, 3, "replication[0].to", "dr"),
        ("drift: { ignore: [ { type: aws_x } ] }", .missingKey, 1, "drift.ignore[0]", "reason"),
        ("drift: { ignore: [ { type: aws_x, reason: r, until: 06-07-2026 } ] }", .invalidValue, 1, "drift.ignore[0].until", "day"),
        ("retention: { keep_last: many }", .wrongType, 1, "retention.keep_last", "number"),
        ("retention: { keep_last: -1 }", .invalidValue, 1, "retention.keep_last", "at least 0"),
        ("sites: [1]", .wrongType, 1, "sites", "mapping"),
        ("sites:\n  a: { bucket: b }\n  a: { bucket: c }", .duplicateKey, 2, "", "more than once"),
        ("sites:\n\ta: 1", .invalidYAML, 2, "", "YAML"),
        ("sites:\n  a: { bucket: \"b\\nHost: evil\" }", .invalidValue, 2, "sites.a.bucket", "control"),
    ])
    func mistakesNameTheirPlaceAndTheRemedy(text: String, kind: ConfigurationProblem.Kind, line: Int, key: String, mentions: String) throws {
        let error = try #require(throws: ConfigurationError.self) { try Configuration(parsing: text, file: "tfguard.yaml") }
        let problem = try #require(error.problems.first { $0.kind == kind })
        #expect(problem.line == line && problem.key == key, "\(error)")
        #expect("\(problem.message) \(problem.hint ?? "")".contains(mentions), "\(error)")
        #expect(!error.description.contains("SENTINEL"))
        #expect(error.description.hasPrefix("tfguard.yaml:\(line):"))
    }

    @Test func allMistakesAreReportedTogetherInOrder() throws {
        let text = "sites:\n  a: { bucket: b, oops: 1 }\n  b: { region: r }\nvalut: {}\n"
        let error = try #require(throws: ConfigurationError.self) { try Configuration(parsing: text, file: "t.yaml") }
        #expect(error.problems.map(\.line) == [2, 3, 4])
    }

    @Test func theFileIsFoundUpwardAndTheEnvironmentWins() {
        let locator = ConfigurationLocator { $0 == "/a/tfguard.yaml" || $0 == "/tfguard.yml" }
        #expect(locator.locate(explicit: nil, environment: [:], workingDirectory: "/a/b/c") == "/a/tfguard.yaml")
        #expect(locator.locate(explicit: nil, environment: [:], workingDirectory: "/x") == "/tfguard.yml")
        #expect(locator.locate(explicit: nil, environment: ["TFGUARD_CONFIG": "/e.yaml"], workingDirectory: "/a") == "/e.yaml")
        #expect(locator.locate(explicit: "f.yaml", environment: ["TFGUARD_CONFIG": "/e.yaml"], workingDirectory: "/a") == "/a/f.yaml")
        #expect(ConfigurationLocator { _ in false }.locate(explicit: nil, environment: [:], workingDirectory: "/a") == nil)
    }

    @Test func aNamedFileThatIsMissingIsAnError() throws {
        let error = try #require(throws: ConfigurationError.self) {
            try Configuration.load(path: "/nonexistent/tfguard.yaml", environment: [:], workingDirectory: "/")
        }
        #expect(error.description.contains("tfguard init"))
    }
}
