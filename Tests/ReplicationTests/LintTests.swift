import Findings
import Sites
import TestSupport
import Testing
import Timestamps

@testable import Replication
@testable import S3

/// Each rule of the lint: a case where it speaks, and one where it is silent. The healthy settings pass all of them.
@Suite struct LintTests {
    static func rule(_ change: (inout S3ReplicationConfiguration.Rule) -> Void = { _ in }) -> S3ReplicationConfiguration.Rule {
        var rule = S3ReplicationConfiguration.Rule(
            id: "all", isEnabled: true, priority: 1, isFirstVersion: false, prefix: "", tags: [:], replicatesDeleteMarkers: true, replicatesKMSObjects: false,
            replicatesReplicaModifications: false,
            destination: S3ReplicationConfiguration.Destination(
                bucketARN: "arn:aws:s3:::states-dr", account: nil, storageClass: nil, changesOwner: false, replicaKMSKeyID: nil, timeControlMinutes: 15,
                hasMetrics: true))
        change(&rule)
        return rule
    }

    static func rules(_ rules: S3ReplicationConfiguration.Rule...) -> S3Setting<S3ReplicationConfiguration> {
        .set(S3ReplicationConfiguration(role: "arn:aws:iam::111122223333:role/replication", rules: rules))
    }

    static func bucket(_ name: String, _ bucket: String, region: String) -> BucketFacts {
        var facts = BucketFacts(site: SiteSettings(name: name, bucket: bucket))
        facts.location = .set(region)
        facts.versioning = .set(S3Versioning(status: .enabled, needsMFAToDelete: true))
        facts.encryption = .set(S3BucketEncryption(algorithm: "AES256", kmsKeyID: nil, usesBucketKey: false))
        (facts.lifecycle, facts.objectLock, facts.policy, facts.policyIsPublic) = (.notSet, .notSet, .notSet, .notSet)
        facts.publicAccessBlock = .set(S3PublicAccessBlock(blocksPublicACLs: true, ignoresPublicACLs: true, blocksPublicPolicy: true, restrictsPublicBuckets: true))
        return facts
    }

    /// Settings without fault, then the change.
    static func facts(_ change: (inout ReplicationFacts) -> Void = { _ in }) -> ReplicationFacts {
        var facts = ReplicationFacts(
            source: bucket("primary", "states", region: "us-east-1"), destination: bucket("dr", "states-dr", region: "us-west-2"), replication: rules(rule()),
            now: Timestamp(seconds: 1_800_000_000))
        facts.stateKeys = ["prod/a.tfstate", "env:/blue/prod/a.tfstate"]
        facts.lastSnapshot = facts.now
        change(&facts)
        return facts
    }

    static func lifecycle(days: Int? = nil, current: Int? = nil, prefix: String = "", isEnabled: Bool = true) -> S3Setting<[S3LifecycleRule]> {
        let filter = "<Filter><Prefix>\(prefix)</Prefix></Filter><Status>\(isEnabled ? "Enabled" : "Disabled")</Status>"
        let noncurrent = days.map { "<NoncurrentVersionExpiration><NoncurrentDays>\($0)</NoncurrentDays></NoncurrentVersionExpiration>" } ?? ""
        let expiration = current.map { "<Expiration><Days>\($0)</Days></Expiration>" } ?? ""
        let text = "<Rule><ID>r</ID>\(filter)\(noncurrent)\(expiration)</Rule>"
        guard let element = try? XMLElement.parse(Array(text.utf8)) else { return .notSet }
        return .set([S3LifecycleRule(element)])
    }

    static func found(_ change: (inout ReplicationFacts) -> Void) -> [String] { ConfigurationLint.findings(facts(change)).map(\.ruleID.description) }

    @Test func healthySettingsHaveNoFindingBeyondWhatIsUnknown() {
        #expect(ConfigurationLint.findings(Self.facts()).map(\.ruleID) == ["replication.role-unknown"])
        #expect(ConfigurationLint.findings(Self.facts()).allSatisfy { $0.severity == .info })
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var rule: String
        var severity: Severity
        var fails: @Sendable (inout ReplicationFacts) -> Void
        /// A change that comes near, and is no fault; nil when the healthy settings are enough.
        var passes: (@Sendable (inout ReplicationFacts) -> Void)?
        var testDescription: String { rule }

        init(_ rule: String, _ severity: Severity, fails: @escaping @Sendable (inout ReplicationFacts) -> Void, passes: (@Sendable (inout ReplicationFacts) -> Void)? = nil) {
            (self.rule, self.severity, self.fails, self.passes) = ("replication.\(rule)", severity, fails, passes)
        }
    }

    static let cases: [Case] = [
        Case("rule-missing", .high) { $0.replication = .notSet } passes: { $0.replication = .notSet; $0.arrivesWithoutRules = true },
        Case("rule-unknown", .info) { $0.replication = .notSet; $0.arrivesWithoutRules = true } passes: { $0.replication = .notSet },
        Case("rule-disabled", .high) { $0.replication = rules(rule { $0.isEnabled = false }) } passes: { $0.replication = rules(rule { $0.isEnabled = false }, rule()) },
        Case("role-missing", .high) { $0.replication = .set(S3ReplicationConfiguration(role: "", rules: [rule()])) },
        Case("destination-mismatch", .high) { $0.replication = rules(rule { $0.destination.bucketARN = "arn:aws:s3:::elsewhere" }) } passes: {
            $0.replication = rules(rule { $0.destination.bucketARN = "arn:aws:s3:::elsewhere" }, rule { $0.priority = 2 })
        },
        Case("prefix-not-covered", .high) { $0.replication = rules(rule { $0.prefix = "prod/" }) } passes: {
            $0.replication = rules(rule { $0.prefix = "prod/" }, rule { $0.prefix = "env:/"; $0.priority = 2 })
        },
        Case("tag-filter", .high) { $0.replication = rules(rule { $0.tags = ["replicate": "yes"] }) },
        Case("workspaces-not-covered", .info) { $0.stateKeys = ["prod/a.tfstate"]; $0.replication = rules(rule { $0.prefix = "prod/" }) } passes: { $0.stateKeys = ["prod/a.tfstate"] },
        Case("priority-conflict", .medium) { $0.replication = rules(rule(), rule { $0.prefix = "prod/" }) } passes: {
            $0.replication = rules(rule { $0.prefix = "env:/" }, rule { $0.prefix = "prod/" })
        },
        Case("metrics-off", .info) { $0.replication = rules(rule { $0.destination.hasMetrics = false; $0.destination.timeControlMinutes = nil }) } passes: {
            $0.replication = rules(rule { $0.destination.hasMetrics = false })
        },
        Case("source-versioning", .critical) { $0.source?.versioning = .set(S3Versioning(status: .never, needsMFAToDelete: false)) } passes: { $0.source?.versioning = .notSupported },
        Case("destination-versioning", .critical) { $0.destination?.versioning = .set(S3Versioning(status: .suspended, needsMFAToDelete: false)) },
        Case("mfa-delete", .info) { $0.source?.versioning = .set(S3Versioning(status: .enabled, needsMFAToDelete: false)) },
        Case("kms-not-selected", .high) { $0.source?.encryption = .set(S3BucketEncryption(algorithm: "aws:kms", kmsKeyID: "k", usesBucketKey: false)) } passes: {
            $0.source?.encryption = .set(S3BucketEncryption(algorithm: "aws:kms", kmsKeyID: "k", usesBucketKey: false))
            $0.replication = rules(rule { $0.replicatesKMSObjects = true; $0.destination.replicaKMSKeyID = "arn:aws:kms:us-west-2:111122223333:key/k" })
        },
        Case("replica-key-missing", .high) { $0.replication = rules(rule { $0.replicatesKMSObjects = true }) } passes: {
            $0.replication = rules(rule { $0.replicatesKMSObjects = true; $0.destination.replicaKMSKeyID = "alias/k" })
        },
        Case("replica-key-region", .high) { $0.replication = rules(rule { $0.replicatesKMSObjects = true; $0.destination.replicaKMSKeyID = "arn:aws:kms:us-east-1:111122223333:key/k" }) } passes: {
            $0.replication = rules(rule { $0.replicatesKMSObjects = true; $0.destination.replicaKMSKeyID = "arn:aws:kms:us-west-2:111122223333:key/k" })
        },
        Case("bucket-key-context", .info) { $0.source?.encryption = .set(S3BucketEncryption(algorithm: "aws:kms", kmsKeyID: "k", usesBucketKey: true)) } passes: {
            $0.source?.encryption = .set(S3BucketEncryption(algorithm: "aws:kms", kmsKeyID: "k", usesBucketKey: false))
        },
        Case("destination-account", .high) {
            $0.destination?.site.access.expectedBucketOwner = "111122223333"
            $0.replication = rules(rule { $0.destination.account = "444455556666"; $0.destination.changesOwner = true })
        } passes: {
            $0.destination?.site.access.expectedBucketOwner = "444455556666"
            $0.replication = rules(rule { $0.destination.account = "444455556666"; $0.destination.changesOwner = true })
        },
        Case("destination-owner", .medium) { $0.replication = rules(rule { $0.destination.account = "444455556666" }) } passes: {
            $0.replication = rules(rule { $0.destination.account = "444455556666"; $0.destination.changesOwner = true })
        },
        Case("destination-archived", .high) { $0.replication = rules(rule { $0.destination.storageClass = "DEEP_ARCHIVE" }) } passes: {
            $0.replication = rules(rule { $0.destination.storageClass = "STANDARD_IA" })
        },
        Case("same-region", .medium) { $0.destination?.location = .set("us-east-1") },
        Case("object-lock", .high) { $0.source?.objectLock = .set(S3BucketObjectLock(defaultMode: .governance, defaultDays: 1, defaultYears: nil)) } passes: {
            $0.source?.objectLock = .set(S3BucketObjectLock(defaultMode: .governance, defaultDays: 1, defaultYears: nil))
            $0.destination?.objectLock = $0.source?.objectLock ?? .notSet
        },
        Case("lifecycle-current", .high) { $0.destination?.lifecycle = lifecycle(current: 90) } passes: { $0.destination?.lifecycle = lifecycle(current: 90, prefix: "logs/") },
        Case("lifecycle-source", .high) { $0.source?.lifecycle = lifecycle(days: 7); $0.lastSnapshot = $0.now - .seconds(8 * 86_400) } passes: {
            $0.source?.lifecycle = lifecycle(days: 7)
            $0.lastSnapshot = $0.now - .seconds(6 * 86_400)
        },
        Case("lifecycle-destination", .medium) { $0.source?.lifecycle = lifecycle(days: 90); $0.destination?.lifecycle = lifecycle(days: 30) } passes: {
            $0.source?.lifecycle = lifecycle(days: 30)
            $0.destination?.lifecycle = lifecycle(days: 30)
        },
        Case("lock-files", .medium) { $0.usesLockFiles = true; $0.replication = rules(rule { $0.replicatesDeleteMarkers = false }) } passes: { $0.usesLockFiles = true },
        Case("delete-markers", .info) { $0.replication = rules(rule { $0.replicatesDeleteMarkers = nil }) } passes: {
            $0.replication = rules(rule { $0.replicatesDeleteMarkers = nil; $0.isFirstVersion = true })
        },
        Case("lock-table", .medium) { $0.source?.site.lock.dynamodbTable = "locks" } passes: {
            $0.source?.site.lock.dynamodbTable = "locks"
            $0.destination?.site.lock.dynamodbTable = "locks-dr"
        },
        Case("public-policy", .critical) { $0.source?.policyIsPublic = .set(true) } passes: { $0.source?.policyIsPublic = .set(false) },
        Case("public-access-block", .medium) {
            $0.destination?.publicAccessBlock = .set(S3PublicAccessBlock(blocksPublicACLs: true, ignoresPublicACLs: true, blocksPublicPolicy: false, restrictsPublicBuckets: true))
        } passes: { $0.destination?.publicAccessBlock = .notSet },
        Case("version-delete-allowed", .high) {
            $0.source?.policy = .set(#"{"Statement": {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": ["s3:GetObject", "s3:DeleteObject*"], "Resource": "*"}}"#)
        } passes: {
            $0.source?.policy = .set(#"{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:DeleteObject", "Resource": "*"}, {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}]}"#)
        },
        Case("policy-unknown", .info) { $0.source?.policy = .set("{") } passes: { $0.source?.policy = .set(#"{"Statement": []}"#) },
        Case("settings-unsupported", .info) { $0.source?.lifecycle = .notSupported },
        Case("settings-unknown", .info) { $0.source?.lifecycle = .notPermitted(S3Error(.accessDenied, code: "AccessDenied", message: "", operation: "GetBucketLifecycleConfiguration", bucket: "states")) },
        Case("role-unknown", .info) { _ in } passes: { $0.replication = .notSet },
    ] + LockTableLintTests.cases + RoleLintTests.cases

    @Test(arguments: cases) func speaksAndIsSilent(_ test: Case) {
        let failing = ConfigurationLint.findings(Self.facts(test.fails)).filter { $0.ruleID.description == test.rule }
        #expect(failing.count == 1 && failing.first?.severity == test.severity, "\(failing)")
        if test.severity > .info { #expect(failing.first?.remedy?.isEmpty == false) }
        if test.rule != "replication.role-unknown" || test.passes != nil {
            let passing = ConfigurationLint.findings(Self.facts(test.passes ?? { _ in })).map(\.ruleID.description)
            #expect(!passing.contains(test.rule), "\(passing)")
        }
    }

    @Test func aFilterByPrefixAlsoCoversLocksOfCoveredStatesOnly() {
        let facts = Self.facts { $0.replication = Self.rules(Self.rule { $0.prefix = "prod/" }) }
        #expect(facts.coverage(of: "prod/a.tfstate").isCovered && !facts.coverage(of: "env:/blue/prod/a.tfstate").isCovered)
    }

    @Test func theRuleWithTheHighestPriorityDecidesAboutDeleteMarkers() {
        let facts = Self.facts {
            $0.replication = Self.rules(Self.rule { $0.priority = 1 }, Self.rule { $0.priority = 2; $0.prefix = "prod/"; $0.replicatesDeleteMarkers = false })
        }
        #expect(!facts.coverage(of: "prod/a").replicatesDeleteMarkers && facts.coverage(of: "b").replicatesDeleteMarkers)
    }
}
