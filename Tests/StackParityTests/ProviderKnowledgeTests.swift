import Findings
import Foundation
import StackParity
import Testing

/// What tfguard knows of single resource types, where the schema says nothing.
struct ProviderKnowledgeTests {
    typealias Entry = StackFixture.Entry
    static let primary = StackFixture()
    static let dr = StackFixture.standby

    static func findings(_ more: [Entry] = [], _ moreDR: [Entry] = [], _ change: ([Entry]) -> [Entry] = { $0 }) throws -> [DriftFinding] {
        StackParity.compare(primary: try primary.stack(primary.entries + more), dr: try dr.stack(change(dr.entries + moreDR))).findings
    }

    @Test func `a replica of a multi-region key stands for the key`() throws {
        let key = try #require(Self.primary.entries.first { $0.type == "aws_kms_key" })
        let found = try Self.findings { entries in
            entries.map { entry in
                guard entry.type == "aws_kms_key" else { return entry }
                var replica = entry
                replica.type = "aws_kms_replica_key"
                replica.name = "copy"
                replica.attributes["primary_key_arn"] = key.attributes["arn"]
                return replica
            }
        }
        #expect(found.map(\.brief) == [])
    }

    @Test func `one peering connection has a side in each state`() throws {
        func entry(_ type: String, _ vpc: String) -> Entry {
            Entry(type: type, name: "other", key: nil, attributes: ["id": "pcx-0a1b2c3d4e5f60718", "vpc_peering_connection_id": "pcx-0a1b2c3d4e5f60718", "vpc_id": vpc, "auto_accept": type.hasSuffix("accepter")])
        }
        let found = try Self.findings([entry("aws_vpc_peering_connection", Self.primary.id("vpc", "main"))], [entry("aws_vpc_peering_connection_accepter", Self.dr.id("vpc", "main"))])
        #expect(found.map(\.brief) == [])
    }

    @Test func `a table with a replica in DR is not missing there`() throws {
        func table(_ region: String) -> Entry {
            Entry(type: "aws_dynamodb_table", name: "carts", key: nil, attributes: ["id": "carts", "arn": Self.primary.arn("dynamodb", "table/carts"), "name": "carts", "replica": [["region_name": region] as StackFixture.Object]])
        }
        #expect(try Self.findings([table(Self.dr.region)]).map(\.brief) == [])
        #expect(try Self.findings([table("sa-east-1")]).map(\.findingClass) == [.missing])
    }

    @Test func `attributes that one version of the provider does not know say nothing, a single one does`() throws {
        func knowing(_ types: Set<String>) throws -> [DriftFinding] {
            try Self.findings { entries in
                entries.map { entry in
                    var newer = entry
                    if types.contains(entry.type) { newer.attributes["deletion_mode"] = "keep" }
                    return newer
                }
            }
        }
        #expect(try knowing(["aws_vpc", "aws_lb", "aws_sns_topic", "aws_s3_bucket"]).map(\.brief) == [])
        #expect(try knowing(["aws_lb"]).map(\.attribute) == ["deletion_mode"])
    }

    @Test func `a plain parameter is configuration, a secure one the site's own secret; neither is shown`() throws {
        func parameter(_ fixture: StackFixture, _ type: String, _ value: String) -> [Entry] {
            [Entry(type: "aws_ssm_parameter", name: "flags", key: nil, attributes: ["id": "/\(fixture.name)/flags", "arn": fixture.arn("ssm", "parameter/\(fixture.name)/flags"), "name": "/\(fixture.name)/flags", "type": type, "value": value], sensitive: ["value"])]
        }
        let plain = try Self.findings(parameter(Self.primary, "String", "a,b,c"), parameter(Self.dr, "String", "a,b"))
        #expect(plain.map(\.findingClass) == [.changed])
        #expect(plain.map(\.primaryValue) == [.sensitive])
        #expect(try Self.findings(parameter(Self.primary, "SecureString", "a,b,c"), parameter(Self.dr, "SecureString", "a,b")).map(\.brief) == [])
    }

    @Test func `policies inside a role count as long as no resource of its own repeats them`() throws {
        func role(_ fixture: StackFixture, _ action: String) -> [Entry] {
            [Entry(type: "aws_iam_role", name: "job", key: nil, attributes: ["id": "\(fixture.name)-job", "arn": fixture.arn("iam", "role/\(fixture.name)-job", isGlobal: true), "name": "\(fixture.name)-job", "inline_policy": [["name": "run", "policy": #"{"Statement":[{"Action":"\#(action)","Effect":"Allow","Resource":"*"}]}"#] as StackFixture.Object]])]
        }
        #expect(try Self.findings(role(Self.primary, "logs:PutLogEvents"), role(Self.dr, "logs:PutLogEvents")).map(\.brief) == [])
        #expect(try Self.findings(role(Self.primary, "logs:PutLogEvents"), role(Self.dr, "logs:*")).map(\.attribute) == ["inline_policy[0].policy.Statement[0].Action"])
    }

    @Test func `a primary that uses DR's object, as DR does, is told too`() throws {
        let topic = Self.dr.arn("sns", "\(Self.dr.name)-ops")
        let report = StackParity.compare(primary: try Self.primary.stack(Self.primary.changing("aws_cloudwatch_metric_alarm", "cpu", "alarm_actions", to: [topic])), dr: try Self.dr.stack())
        #expect(report.findings.map { "\($0.findingClass.rawValue) \($0.attribute ?? "")" } == ["wrong-reference alarm_actions[0]"])
    }

    @Test func `a word chosen instead of a version number is no counter`() throws {
        func group(_ fixture: StackFixture, _ version: String) -> [Entry] {
            [Entry(type: "aws_autoscaling_group", name: "web", key: nil, attributes: ["id": "\(fixture.name)-web", "arn": fixture.arn("autoscaling", "autoScalingGroup:x:autoScalingGroupName/\(fixture.name)-web"), "name": "\(fixture.name)-web", "launch_template": [["id": fixture.id("lt", "web"), "version": version] as StackFixture.Object]])]
        }
        #expect(try Self.findings(group(Self.primary, "3"), group(Self.dr, "1")).map(\.brief) == [])
        #expect(try Self.findings(group(Self.primary, "$Latest"), group(Self.dr, "1")).map(\.attribute) == ["launch_template[0].version"])
    }

    @Test func `a failover record that lost its policy is told, though its role may differ`() throws {
        func record(_ fixture: StackFixture, _ policy: [StackFixture.Object]) -> [Entry] {
            [Entry(type: "aws_route53_record", name: "www", key: nil, attributes: ["id": "Z0_www_A_\(fixture.salt)", "name": "www.example.com", "type": "A", "set_identifier": fixture.salt, "failover_routing_policy": policy])]
        }
        let primary = record(Self.primary, [["type": "PRIMARY"]])
        #expect(try Self.findings(primary, record(Self.dr, [["type": "SECONDARY"]])).map(\.brief) == [])
        #expect(try Self.findings(primary, record(Self.dr, [])).map(\.attribute) == ["failover_routing_policy"])
    }
}
