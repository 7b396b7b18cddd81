import Foundation
import StackParity
import Testing

/// Texts that name the other side: by design, where both sides list both or each names its peer; by mistake elsewhere.
struct BothSidesTests {
    typealias Entry = StackFixture.Entry

    static func policy(_ fixture: StackFixture, _ statement: String) -> Entry {
        Entry(type: "aws_iam_role_policy", name: "extra", key: nil, attributes: ["id": "\(fixture.name)-web:extra", "name": "extra", "role": "\(fixture.name)-web", "policy": "{\"Statement\":[\(statement)],\"Version\":\"2012-10-17\"}"])
    }

    static func rule(_ ranges: [String]) -> Entry {
        Entry(type: "aws_security_group_rule", name: "sites", key: nil, attributes: ["id": "sgrule-1", "type": "ingress", "from_port": 443, "to_port": 443, "cidr_blocks": ranges])
    }

    static func environment(_ fixture: StackFixture, _ variables: [String: String]) -> Entry {
        Entry(type: "aws_lambda_function", name: "extra", key: nil, attributes: [
            "id": "\(fixture.name)-extra", "arn": fixture.arn("lambda", "function:\(fixture.name)-extra"), "function_name": "\(fixture.name)-extra", "environment": [["variables": variables] as StackFixture.Object],
        ])
    }

    static func found(_ make: (StackFixture, StackFixture) -> Entry, swapped: Bool = false) throws -> [String] {
        let primary = StackFixture(), dr = StackFixture.standby
        let left = try primary.stack(primary.entries + [make(primary, dr)]), right = try dr.stack(dr.entries + [make(dr, primary)])
        return StackParity.compare(primary: swapped ? right : left, dr: swapped ? left : right).findings.map { "\($0.findingClass.rawValue) \($0.attribute ?? "")" }
    }

    @Test func `both networks on both sides are neutral, the primary's alone is not`() throws {
        #expect(try Self.found({ _, _ in Self.rule(["10.20.0.0/16", "10.30.0.0/16"]) }) == [])
        #expect(try Self.found({ mine, other in Self.rule(["\(mine.network).0.0/16", "\(other.network).0.0/16"]) }) == [])
        #expect(try Self.found({ _, _ in Self.rule(["10.20.0.0/16"]) }) == ["names-the-primary cidr_blocks[0]"])
    }

    @Test func `both regions in a policy are neutral, the primary's alone is not`() throws {
        func make(_ regions: String) -> (StackFixture, StackFixture) -> Entry {
            { fixture, _ in Self.policy(fixture, #"{"Action":"logs:*","Condition":{"StringEquals":{"aws:RequestedRegion":[\#(regions)]}},"Effect":"Allow","Resource":"*"}"#) }
        }
        #expect(try Self.found(make(#""eu-west-1","eu-central-1""#)) == [])
        #expect(try Self.found(make(#""eu-west-1""#)) == ["names-the-primary policy.Statement[0].Condition.StringEquals.aws:RequestedRegion[0]"])
    }

    @Test func `a policy for copies into the other side's bucket names a peer`() throws {
        #expect(try Self.found({ mine, other in Self.policy(mine, #"{"Action":"s3:ReplicateObject","Effect":"Allow","Resource":"arn:aws:s3:::\#(other.name)-assets-\#(other.account)/*"}"#) }) == [])
    }

    @Test func `a setting whose key says whose value it is may name the primary`() throws {
        #expect(try Self.found({ fixture, _ in Self.environment(fixture, ["PRIMARY_REGION": "eu-west-1", "DR_REGION": "eu-central-1", "MODE": "fast"]) }) == [])
        #expect(try Self.found({ fixture, _ in Self.environment(fixture, ["AWS_REGION": "eu-west-1"]) }) == ["names-the-primary environment[0].variables[\"AWS_REGION\"]"])
    }

    @Test func `what names the primary in DR names DR in the primary when the sides are swapped`() throws {
        #expect(try Self.found({ _, _ in Self.rule(["10.20.4.0/24"]) }, swapped: true) == ["wrong-reference cidr_blocks[0]"])
        #expect(try Self.found({ fixture, _ in Self.environment(fixture, ["AWS_REGION": "eu-west-1"]) }, swapped: true) == ["wrong-reference environment[0].variables[\"AWS_REGION\"]"])
    }

    // MARK: Longer texts

    static func template(_ fixture: StackFixture, _ text: String) -> Entry {
        Entry(type: "aws_launch_template", name: "extra", key: nil, attributes: ["id": fixture.id("lt", "extra"), "arn": fixture.arn("ec2", "launch-template/\(fixture.id("lt", "extra"))"), "name": "\(fixture.name)-extra", "user_data": Data(text.utf8).base64EncodedString()])
    }

    @Test func `user data that still works in the primary's region, with its bucket, for its host`() throws {
        let lines: [(String, isWrong: Bool)] = [
            ("export AWS_REGION=eu-west-1", true), ("aws --region eu-west-1 s3 ls", true), ("region: \"eu-west-1\"", true), ("SOURCE_REGION=eu-west-1", false), ("# moved from eu-west-1 in 2024", false),
            ("bucket: acme-prod-dub-assets-111122223333", true), ("curl https://orders.dub.acme.example/health", true), ("peers=orders.dub.acme.example,orders.fra.acme.example", false),
        ]
        for (line, isWrong) in lines {
            let found = try Self.found({ fixture, _ in Self.template(fixture, "#!/bin/sh\ntable=\(fixture.name)-orders\n\(line)\n") })
            #expect(found == (isWrong ? ["names-the-primary user_data"] : []), "\(line)")
        }
    }

    @Test func `a region that every object of a type is set to is the configuration's own`() throws {
        let primary = StackFixture(), dr = StackFixture.standby
        func entries(_ fixture: StackFixture, _ count: Int) -> [Entry] {
            fixture.entries + (0..<count).map { number in
                var entry = Self.template(fixture, "region=eu-west-1\n")
                entry.name = "extra\(number)"
                entry.attributes["id"] = fixture.id("lt", "extra\(number)")
                entry.attributes["arn"] = fixture.arn("ec2", "launch-template/\(fixture.id("lt", "extra\(number)"))")
                entry.attributes["name"] = "\(fixture.name)-extra\(number)"
                return entry
            }
        }
        func count(_ number: Int) throws -> Int { StackParity.compare(primary: try primary.stack(entries(primary, number)), dr: try dr.stack(entries(dr, number))).findings.count }
        #expect(try count(2) == 2)
        #expect(try count(20) == 0)
    }

    // MARK: What a whole side lacks

    @Test func `lists that lack a zone are told, unless the zone is accepted as missing`() throws {
        var primary = StackFixture()
        primary.zones = ["a", "b", "c"]
        var dr = StackFixture.standby
        dr.zones = ["a", "b"]
        let left = try primary.stack(), right = try dr.stack()
        let zone = IgnoreRule(type: "aws_subnet", address: "*eu-west-1c*", reason: "DR has two zones")
        let plain = StackParity.compare(primary: left, dr: right).findings.map { "\($0.findingClass.rawValue) \($0.attribute ?? "")" }
        #expect(Set(plain) == ["missing ", "changed subnets"])
        let ruled = StackParity.compare(primary: left, dr: right, rules: ParityRules(ignore: [zone]), options: ParityOptions(listsExpected: true))
        #expect(ruled.findings.map(\.brief) == [])
        #expect(ruled.expectedDifferences.contains { $0.attribute == "subnets" && $0.reason == .rule })
    }

    @Test func `the only network of each side stands for the other's, whatever the two are called`() throws {
        let primary = StackFixture(), dr = StackFixture.standby
        var entries = dr.entries
        for index in entries.indices where entries[index].type == "aws_vpc" {
            entries[index].name = "net7"
            entries[index].attributes["tags"] = ["Environment": dr.environment, "Owner": "platform"]
        }
        let found = StackParity.compare(primary: try primary.stack(), dr: try dr.stack(entries)).findings
        #expect(found.map { $0.attribute } == ["tags[\"Name\"]"], "\(found.map(\.brief))")
    }

    @Test func `hosts whose drawn label differs are one and the same service's`() throws {
        func make(_ label: String, _ drLabel: String, name: String = "") -> (StackFixture, StackFixture) -> Entry {
            { fixture, _ in Self.environment(fixture, ["CACHE": "rediss://master.\(fixture.name)\(fixture.salt == "p" ? "" : name)-sess.\(fixture.salt == "p" ? label : drLabel).cache.amazonaws.com:6379"]) }
        }
        #expect(try Self.found(make("x7k2la", "q4m9zt")) == [])
        #expect(try Self.found(make("x7k2la", "q4m9zt", name: "-old")) == ["changed environment[0].variables[\"CACHE\"]"])
    }

    @Test func `what a service draws for a tunnel is no drift, the other end's number is`() throws {
        func make(_ range: String, _ number: String) -> (StackFixture, StackFixture) -> Entry {
            { fixture, _ in
                let isDR = fixture.salt == "d"
                return Entry(type: "aws_vpn_connection", name: "office", key: nil, attributes: ["id": fixture.id("vpn", "office"), "tunnel1_inside_cidr": isDR ? range : "169.254.10.0/30", "type": isDR ? number : "ipsec.1"])
            }
        }
        #expect(try Self.found(make("169.254.99.4/30", "ipsec.1")) == [])
        #expect(try Self.found(make("169.254.99.4/30", "ipsec.2")) == ["changed type"])
    }

    @Test func `two records that claim the same role are told`() throws {
        func record(_ fixture: StackFixture, _ role: String) -> Entry {
            Entry(type: "aws_route53_record", name: "app", key: nil, attributes: ["id": "Z0_app_A_\(fixture.salt)", "zone_id": "Z0123456789", "name": "app.acme.example", "type": "A", "set_identifier": fixture.salt, "failover_routing_policy": [["type": role] as StackFixture.Object]])
        }
        #expect(try Self.found({ mine, _ in record(mine, mine.salt == "p" ? "PRIMARY" : "SECONDARY") }) == [])
        #expect(try Self.found({ mine, _ in record(mine, "PRIMARY") }) == ["changed failover_routing_policy"])
    }

    @Test func `a state that does not know its default tags yet says nothing`() throws {
        let primary = StackFixture(), dr = StackFixture.standby
        let entries = primary.changing("aws_sns_topic", "ops", "tags_all", to: ["Environment": "production", "Owner": "platform"])
        #expect(StackParity.compare(primary: try primary.stack(entries), dr: try dr.stack(dr.changing("aws_sns_topic", "ops", "tags_all", to: StackFixture.Object()))).findings.map(\.brief) == [])
    }

    @Test func `what stands in neither state goes by its side's name, and what does not is told`() throws {
        let primary = StackFixture()
        var dr = StackFixture.standby
        dr.name = "acme-standby-fra"
        func found(_ group: String) throws -> [String] {
            func attachment(_ fixture: StackFixture, _ group: String) -> Entry {
                Entry(type: "aws_autoscaling_group", name: "extra", key: nil, attributes: [
                    "id": "\(fixture.name)-extra", "name": "\(fixture.name)-extra", "target_group_arns": [fixture.arn("elasticloadbalancing", "targetgroup/\(group)")],
                ])
            }
            let left = try primary.stack(primary.entries + [attachment(primary, "\(primary.name)-tg/d551a80d3fa10e2e")])
            let right = try dr.stack(dr.entries + [attachment(dr, group)])
            return StackParity.compare(primary: left, dr: right).findings.map { "\($0.findingClass.rawValue) \($0.attribute ?? "")" }
        }
        #expect(try found("\(dr.name)-tg/6ca0845b2d32616a") == [])
        #expect(try found("\(dr.name)-internal/6ca0845b2d32616a") == ["changed target_group_arns[0]"])
    }
}
