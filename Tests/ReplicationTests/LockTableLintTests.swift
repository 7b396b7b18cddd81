import Findings
import Sites
import Testing

@testable import Replication

/// The rules about Terraform's lock tables; ``LintTests`` runs the cases.
@Suite struct LockTableLintTests {
    /// Tables on both sides, the digests of which fit.
    static func tables(_ facts: inout ReplicationFacts) {
        facts.source?.site.lock.dynamodbTable = "locks"
        facts.destination?.site.lock.dynamodbTable = "locks-dr"
        facts.sourceTable = LockTableFacts(table: "locks", region: "us-east-1", digests: [DigestReading(key: "a", verdict: .matches)], replicas: .regions(["us-west-2"]))
        facts.destinationTable = LockTableFacts(table: "locks-dr", region: "us-west-2", digests: [DigestReading(key: "a", verdict: .matches)], replicas: .regions(["us-east-1"]))
    }

    static func verdict(_ verdict: DigestReading.Verdict) -> @Sendable (inout ReplicationFacts) -> Void {
        { facts in
            tables(&facts)
            facts.destinationTable?.digests = [DigestReading(key: "a", verdict: verdict)]
        }
    }

    static let cases: [LintTests.Case] = [
        .init("lock-table-digests", .info, fails: verdict(.unverified("GetObject: AccessDenied")), passes: tables),
        .init("digest-missing", .low, fails: verdict(.absent), passes: tables),
        .init("digest-of-other-version", .high, fails: verdict(.ofVersion("v1", serial: 3)), passes: tables),
        .init("digest-unknown-version", .high, fails: verdict(.ofNoVersion), passes: tables),
        .init("digest-orphaned", .high, fails: verdict(.orphaned), passes: tables),
        .init("lock-table-not-replicated", .low, fails: { tables(&$0); $0.sourceTable?.replicas = .regions(["eu-west-1"]) }, passes: tables),
        .init("lock-table-unknown", .info, fails: { tables(&$0); $0.sourceTable?.replicas = .unknown("DescribeTable: AccessDeniedException") }, passes: tables),
    ]

    @Test func whatWasNotReadIsNeverFine() {
        let found = LintTests.found {
            Self.tables(&$0)
            $0.sourceTable?.obstacle = "GetItem: AccessDeniedException"
            $0.destinationTable?.unread = 7
        }
        #expect(found.filter { $0 == "replication.lock-table-digests" }.count == 2)
    }

    @Test func theOtherVersionIsNamed() throws {
        let finding = try #require(ConfigurationLint.findings(LintTests.facts(Self.verdict(.ofVersion("v1", serial: 3)))).first { $0.ruleID == "replication.digest-of-other-version" })
        #expect(finding.message.contains("a (of serial 3, version v1)") && finding.subject.hasPrefix("dr "))
    }
}
