import Findings
import Reports
import StateComparison

/// Drift reports with findings of every kind, also hostile ones.
enum DriftSamples {
    /// Ends scripts, styles, attributes, comments and code blocks wherever it may stand.
    static let hostile = "</script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">'\"-->]]></style>```\u{202E}\u{7}::error::"

    static func entry(
        _ id: String, _ severity: Severity, _ address: String, attribute: String? = "backup_retention_period", component: String? = "RDS Database",
        primary: ShownValue = .shown(.number("7")), dr: ShownValue = .shown(.number("0"))
    ) -> DriftReport.Entry {
        DriftReport.Entry(
            id: id, findingClass: attribute == nil ? "missing" : "changed", ruleID: attribute == nil ? "drift.missing" : "drift.changed.data-loss", severity: severity,
            primaryAddress: address, drAddress: attribute == nil ? nil : address, attribute: attribute, primaryValue: primary, drValue: dr,
            reason: attribute == nil ? "DR has no counterpart" : "differs: data could be lost or not be restorable", component: component)
    }

    static let report: DriftReport = {
        var accepted = entry("0000000000000004", .low, "aws_sqs_queue.jobs", attribute: "tags[\"Owner\"]", component: nil, primary: .shown(.string("a")), dr: .absent)
        accepted.isAccepted = true
        let pair = DriftReport.Pair(
            primary: .init(reference: "primary:network/terraform.tfstate", serial: 41, instances: 77),
            dr: .init(reference: "dr:network/terraform.tfstate", serial: 12, instances: 75),
            findings: [
                entry("0000000000000001", .critical, "aws_db_instance.main"),
                entry("0000000000000002", .high, "module.app[\"eu\"].aws_instance.web[0]", attribute: nil, component: "EC2 Instances", primary: .absent, dr: .absent),
                entry("0000000000000003", .medium, "aws_db_instance.main", attribute: "password", primary: .masked(fingerprint: "3fa9c21b"), dr: .masked(fingerprint: "00c0ffee")),
                accepted,
            ],
            expected: [.init(reason: "reference", words: "ids, ARNs or names of counterparts", count: 312), .init(reason: "region", words: "the side's own region", count: 41)],
            expectedDifferences: [.init(primaryAddress: "aws_vpc.main", drAddress: "aws_vpc.main", attribute: "arn", reason: "reference", detail: "its own ARN")],
            counterparts: 74, staleRules: [.init(rule: "type: aws_lambda_function", reason: "was there once", cause: "matched nothing", place: "tfguard.yaml:12")])
        return DriftReport(
            pairs: [pair], baseline: .init(gone: ["00000000000000ff"]), staleRules: pair.staleRules,
            notices: [Notice(.caution, "The bucket of dr could not be read.")])
    }()

    static let longAddress = #"module.platform["eu"].module.databases["orders"].aws_rds_cluster_instance.reader["orders-reader-0002"]"#
    static let longValue = #""arn:aws:kms:us-east-1:123456789012:key/0f0e0d0c-0b0a-0908-0706-050403020100""#

    /// Findings that no narrow table can hold.
    static let wide = DriftReport(pairs: [
        .init(
            primary: .init(reference: "primary:a", serial: 1, instances: 2), dr: .init(reference: "dr:a", serial: 1, instances: 2),
            findings: [
                entry("0000000000000001", .critical, longAddress, attribute: "kms_key_id", primary: .shown(.string(String(longValue.dropFirst().dropLast()))), dr: .absent),
                entry("0000000000000002", .medium, "aws_db_instance.main", attribute: "backup_retention_period"),
            ], counterparts: 2)
    ])

    /// Every text that comes from outside says something evil.
    static let evil: DriftReport = {
        var entry = DriftReport.Entry(
            id: hostile, findingClass: "changed", ruleID: "drift.changed.other", severity: .high, primaryAddress: hostile, drAddress: hostile + "2", attribute: hostile,
            primaryValue: .shown(.string(hostile)), drValue: .shown(.array([.string(hostile), .object(JSONObject([(hostile, .string(hostile))]))])), reason: hostile,
            component: hostile)
        let expected = DriftReport.ExpectedEntry(primaryAddress: hostile, drAddress: nil, attribute: hostile, reason: hostile, detail: hostile)
        let rule = DriftReport.Rule(rule: hostile, reason: hostile, cause: hostile, place: hostile)
        var accepted = entry
        accepted.isAccepted = true
        entry.isUncertain = true
        let pair = DriftReport.Pair(
            primary: .init(reference: hostile, serial: 1, instances: 1), dr: .init(reference: hostile, serial: 1, instances: 1), split: hostile,
            findings: [entry, accepted], expected: [.init(reason: hostile, words: hostile, count: 1)], expectedDifferences: [expected], counterparts: 1,
            staleRules: [rule])
        let explanation = DriftExplanation(
            address: hostile, counterpart: .init(primaryAddress: hostile, drAddress: hostile, basis: hostile, confidence: 0.5), findings: [entry], expected: [expected])
        return DriftReport(
            pairs: [pair, pair], baseline: .init(gone: [hostile]), explanation: explanation, staleRules: [rule],
            notices: [Notice(.caution, .words(hostile), hint: hostile)], problems: [Problem(reference: hostile, message: hostile, hint: hostile)])
    }()

    static let change = DiffReport(
        before: .init(reference: "primary:app@id=aaaaaaaa", serial: 41, lineage: "3f2a1b0c", terraformVersion: "1.11.4"),
        after: .init(reference: "primary:app@id=bbbbbbbb", serial: 42, lineage: "3f2a1b0c", terraformVersion: "1.11.4"),
        changeSet: ChangeSet(
            changes: [
                .init(action: .add, address: "aws_vpc.new", type: "aws_vpc"), .init(action: .remove, address: "aws_vpc.old", type: "aws_vpc"),
                .init(action: .move, address: "module.m.aws_vpc.a", previousAddress: "aws_vpc.a", type: "aws_vpc"),
                .init(
                    action: .replace, address: "aws_instance.web[0]", type: "aws_instance",
                    attributes: [
                        .init(path: "ami", before: .shown(.string("ami-1")), after: .shown(.string(hostile)), isSensitive: false),
                        .init(path: "user_data", before: .masked(fingerprint: "00000001"), after: .masked(fingerprint: "00000002"), isSensitive: true),
                        .init(path: "tags[\"Owner\"]", before: .absent, after: .shown(.string("me")), isSensitive: false),
                    ]),
                .init(action: .taint, address: "aws_instance.web[1]", type: "aws_instance"),
                .init(action: .depose, address: "aws_instance.web[2]", deposedKey: "a1b2c3d4", type: "aws_instance"),
                .init(action: .undepose, address: "aws_instance.web[3]", deposedKey: "a1b2c3d5", type: "aws_instance"),
                .init(action: .untaint, address: "aws_instance.web[4]", type: "aws_instance"),
            ],
            outputs: [.init(action: .change, name: "url", attributes: [.init(path: "value", before: .shown(.string("a")), after: .absent, isSensitive: false)])]),
        notices: [])
}
