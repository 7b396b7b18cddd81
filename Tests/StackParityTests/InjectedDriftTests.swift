import Findings
import Foundation
import StackParity
import StateJSON
import TerraformState
import Testing

/// Every kind of drift, injected one at a time into a stack that is in step otherwise: found, and found alone.
struct InjectedDriftTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var name: String
        var drift: @Sendable (StackFixture, StackFixture) -> [StackFixture.Entry]
        var findingClass: FindingClass
        var place: String
        var testDescription: String { name }
    }

    static let cases: [Case] = [
        Case(name: "a smaller machine", drift: { _, dr in dr.changing("aws_instance", "web", at: 1, "instance_type", to: "t3.small") }, findingClass: .changed, place: "instance_type"),
        Case(name: "no backups", drift: { _, dr in dr.changing("aws_db_instance", "main", "backup_retention_period", to: 0) }, findingClass: .changed, place: "backup_retention_period"),
        Case(name: "an instance less", drift: { _, dr in dr.removing("aws_instance", "web", at: 1) }, findingClass: .missing, place: ""),
        Case(name: "a group of another tier", drift: { _, dr in dr.changing("aws_instance", "web", "vpc_security_group_ids", to: [dr.id("sg", "data")]) }, findingClass: .wrongReference, place: "vpc_security_group_ids[0]"),
        Case(name: "a subnet of another zone", drift: { _, dr in dr.changing("aws_instance", "web", "subnet_id", to: dr.id("subnet", "1")) }, findingClass: .wrongReference, place: "subnet_id"),
        Case(name: "the primary's key", drift: { primary, dr in dr.changing("aws_db_instance", "main", "kms_key_id", to: primary.entries.first { $0.type == "aws_kms_key" }?.attributes["arn"]) }, findingClass: .namesThePrimary, place: "kms_key_id"),
        Case(name: "the primary's topic, on both sides", drift: { primary, dr in dr.changing("aws_cloudwatch_metric_alarm", "cpu", "alarm_actions", to: [primary.arn("sns", "\(primary.name)-ops")]) }, findingClass: .namesThePrimary, place: "alarm_actions[0]"),
        Case(name: "the primary's profile, though global", drift: { primary, dr in dr.changing("aws_instance", "web", "iam_instance_profile", to: "\(primary.name)-web") }, findingClass: .namesThePrimary, place: "iam_instance_profile"),
        Case(name: "the primary's secrets in a policy", drift: { primary, dr in
            let policy = dr.entries.first { $0.type == "aws_iam_role_policy" }?.attributes["policy"] as? String ?? ""
            return dr.changing("aws_iam_role_policy", "web", "policy", to: policy.replacingOccurrences(of: "secret:\(dr.name)/", with: "secret:\(primary.name)/"))
        }, findingClass: .namesThePrimary, place: "policy.Statement[0].Resource"),
        Case(name: "the primary's network in a rule", drift: { primary, dr in
            var rules = dr.entries.first { $0.type == "aws_security_group" && $0.name == "data" }?.attributes["ingress"] as? [[String: Any]] ?? []
            rules[0]["cidr_blocks"] = ["\(primary.network).0.0/24"]
            return dr.changing("aws_security_group", "data", "ingress", to: rules)
        }, findingClass: .namesThePrimary, place: "ingress[0].cidr_blocks[0]"),
        Case(name: "a rule less", drift: { _, dr in
            let rules = dr.entries.first { $0.type == "aws_security_group" && $0.name == "data" }?.attributes["ingress"] as? [[String: Any]] ?? []
            return dr.changing("aws_security_group", "data", "ingress", to: [rules[0]])
        }, findingClass: .changed, place: "ingress"),
        Case(name: "a tag unlike all others", drift: { _, dr in
            var tags = dr.tags("vpc")
            tags["Owner"] = "nobody"
            return dr.changing("aws_vpc", "main", "tags", to: tags)
        }, findingClass: .changed, place: "tags[\"Owner\"]"),
        Case(name: "a tag that breaks the rule of the others", drift: { _, dr in
            var tags = dr.tags("vpc")
            tags["Environment"] = "sandbox"
            return dr.changing("aws_vpc", "main", "tags", to: tags)
        }, findingClass: .changed, place: "tags[\"Environment\"]"),
        Case(name: "other code", drift: { _, dr in dr.changing("aws_lambda_function", "orders", "source_code_hash", to: "z9w2e3r4t5y6u7i8o9p0a1s2d3f4g5h6j7k8l9z0x1c=") }, findingClass: .opaque, place: "source_code_hash"),
        Case(name: "the primary's queue in an environment", drift: { primary, dr in
            dr.changing("aws_lambda_function", "orders", "environment", to: [["variables": ["TABLE": "\(dr.name)-orders", "STAGE": dr.environment, "QUEUE": "https://sqs.\(primary.region).amazonaws.com/\(primary.account)/\(primary.name)-jobs"]]])
        }, findingClass: .namesThePrimary, place: "environment[0].variables[\"QUEUE\"]"),
        Case(name: "user data of another table", drift: { _, dr in
            dr.changing("aws_launch_template", "web", "user_data", to: "IyEvYmluL3NoCnJlZ2lvbj1ldS1jZW50cmFsLTEgdGFibGU9YWNtZS1wcm9kLWZyYS1pbnZvaWNlcwo=")
        }, findingClass: .changed, place: "user_data"),
        Case(name: "another provider's value", drift: { _, dr in dr.changing("kubernetes_config_map", "app", "data", to: ["region": dr.region, "replicas": "1"]) }, findingClass: .changed, place: "data[\"replicas\"]"),
    ]

    @Test(arguments: cases)
    func `is found, and found alone`(drift: Case) throws {
        let primary = StackFixture(), dr = StackFixture.standby
        let entries = drift.drift(primary, dr)
        let report = StackParity.compare(primary: try primary.stack(), dr: try dr.stack(entries))
        #expect(report.findings.map { "\($0.findingClass.rawValue) \($0.attribute ?? "")" } == ["\(drift.findingClass.rawValue) \(drift.place)"], "\(report.findings.map(\.brief))")
    }

    @Test(arguments: cases)
    func `swapping the sides mirrors the result`(drift: Case) throws {
        let primary = StackFixture(), dr = StackFixture.standby
        let entries = drift.drift(primary, dr)
        let forth = StackParity.compare(primary: try primary.stack(), dr: try dr.stack(entries))
        let back = StackParity.compare(primary: try dr.stack(entries), dr: try primary.stack())
        // Who names whom depends on who is the primary; everything else only changes sides.
        if drift.findingClass == .namesThePrimary {
            #expect(back.findings.map { "\($0.attribute ?? "")" } == [drift.place], "\(back.findings.map(\.brief))")
            return
        }
        func key(_ finding: DriftFinding, swapped: Bool) -> String {
            let mirrored: FindingClass = swapped ? (finding.findingClass == .missing ? .extra : finding.findingClass == .extra ? .missing : finding.findingClass) : finding.findingClass
            let addresses = swapped ? [finding.drAddress, finding.primaryAddress] : [finding.primaryAddress, finding.drAddress]
            let values = swapped ? [finding.drValue, finding.primaryValue] : [finding.primaryValue, finding.drValue]
            return "\(mirrored.rawValue) \(addresses) \(finding.attribute ?? "") \(values)"
        }
        #expect(Set(forth.findings.map { key($0, swapped: false) }) == Set(back.findings.map { key($0, swapped: true) }))
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `the order of resources, instances, keys and blanks changes nothing`(seed: UInt64) throws {
        let primary = StackFixture(), dr = StackFixture.standby
        for drift in Self.cases.prefix(6) {
            let entries = drift.drift(primary, dr)
            let plain = StackParity.compare(primary: try primary.stack(), dr: try dr.stack(entries))
            let mixed = StackParity.compare(primary: try primary.stack(seed: seed), dr: try dr.stack(entries, seed: seed &* 7919))
            #expect(plain.findings.map(\.id) == mixed.findings.map(\.id))
            #expect(plain.expected == mixed.expected)
        }
    }

    @Test func `a finding keeps its id when only values move`() throws {
        let primary = StackFixture(), dr = StackFixture.standby
        let one = StackParity.compare(primary: try primary.stack(), dr: try dr.stack(dr.changing("aws_db_instance", "main", "backup_retention_period", to: 0)))
        let two = StackParity.compare(primary: try primary.stack(), dr: try dr.stack(dr.changing("aws_db_instance", "main", "backup_retention_period", to: 3)))
        #expect(one.findings.map(\.id) == two.findings.map(\.id))
        #expect(one.findings.first?.severity == .high)
        #expect(one.findings.first?.component == "RDS Database")
        #expect(one.findings.first?.ruleID == "drift.changed.data-loss")
    }

    @Test func `two zones of the primary on one of DR are a finding`() throws {
        var primary = StackFixture()
        primary.zones = ["a", "b"]
        let dr = StackFixture.standby
        let entries = dr.changing("aws_subnet", "private", at: 1, "availability_zone", to: "eu-central-1a")
        let report = StackParity.compare(primary: try primary.stack(), dr: try dr.stack(entries))
        #expect(report.findings.map { $0.attribute } == ["availability_zone"], "\(report.findings.map(\.brief))")
    }
}
