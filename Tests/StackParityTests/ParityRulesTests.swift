import Findings
import StackParity
import Testing

/// What the user says: mappings, accepted differences, their expiry, and rules that do nothing any more.
struct ParityRulesTests {
    let primary = StackFixture()
    let dr = StackFixture.standby

    @Test func `an accepted difference is counted and shown with its reason`() throws {
        let stack = try dr.stack(dr.changing("aws_lb", "web", "idle_timeout", to: 30))
        let rules = ParityRules(ignore: [IgnoreRule(type: "aws_lb", attribute: "idle_timeout", reason: "DR is quiet")])
        let report = StackParity.compare(primary: try primary.stack(), dr: stack, rules: rules, options: ParityOptions(listsExpected: true))
        #expect(report.findings.isEmpty)
        #expect(report.expected[.rule] == 1)
        #expect(report.expectedDifferences.contains { $0.attribute == "idle_timeout" && $0.reason == .rule && $0.detail == "DR is quiet" })
        #expect(report.staleRules.isEmpty)
    }

    @Test func `an expired rule no longer hides, and is named`() throws {
        let stack = try dr.stack(dr.changing("aws_lb", "web", "idle_timeout", to: 30))
        let rule = IgnoreRule(address: "*aws_lb.*", attribute: "idle_*", reason: "until the load test", until: "2026-11-21")
        let before = StackParity.compare(primary: try primary.stack(), dr: stack, rules: ParityRules(ignore: [rule], today: "2026-11-21"))
        #expect(before.findings.isEmpty)
        let after = StackParity.compare(primary: try primary.stack(), dr: stack, rules: ParityRules(ignore: [rule], today: "2026-11-22"))
        #expect(after.findings.map(\.attribute) == ["idle_timeout"])
        #expect(after.staleRules.map(\.cause) == [.expired])
    }

    @Test func `a rule that matches nothing is stale`() throws {
        let rules = ParityRules(map: [CounterpartRule(primary: "aws_vpc.gone", dr: "aws_vpc.other")], ignore: [IgnoreRule(type: "aws_lb", attribute: "idle_timeout", reason: "DR is quiet")])
        let report = StackParity.compare(primary: try primary.stack(), dr: try dr.stack(), rules: rules)
        #expect(report.staleRules.map(\.cause) == [.matchedNothing, .matchedNothing])
    }

    @Test func `the shipped rules can be turned off, and secrets stay hidden all the same`() throws {
        let report = StackParity.compare(primary: try primary.stack(), dr: try dr.stack(), rules: ParityRules(usesDefaults: false), options: ParityOptions(listsExpected: true))
        let secret = try #require(report.findings.first { $0.attribute == "password" })
        #expect(secret.findingClass == .secret)
        #expect(secret.primaryValue == .sensitive)
        #expect(secret.drValue == .sensitive)
        #expect(!"\(report)".contains("secret-of-"))
        #expect(!"\(report)".contains("MIIE"))
    }

    @Test func `a mapping pairs what nothing else would`() throws {
        var entries = dr.entries
        for index in entries.indices where entries[index].type == "aws_lambda_function" {
            entries[index].name = "zebra"
            entries[index].attributes["function_name"] = "unlike"
            entries[index].attributes["memory_size"] = 128
            entries[index].attributes["id"] = "unlike"
            entries[index].attributes["arn"] = dr.arn("lambda", "function:unlike")
        }
        let rules = ParityRules(map: [CounterpartRule(primary: "aws_lambda_function.orders", dr: "aws_lambda_function.zebra")])
        let report = StackParity.compare(primary: try primary.stack(), dr: try dr.stack(entries), rules: rules)
        #expect(report.findings.map(\.attribute) == ["memory_size"], "\(report.findings.map(\.brief))")
        #expect(report.counterparts.first { $0.drAddress == "aws_lambda_function.zebra" }?.basis == .map)
    }

    @Test func `an explanation tells the counterpart and every differing attribute`() throws {
        let stack = try dr.stack(dr.changing("aws_instance", "web", "instance_type", to: "t3.small"))
        let explanation = try #require(StackParity.explain("aws_instance.web[0]", primary: try primary.stack(), dr: stack))
        #expect(explanation.counterpart?.basis == .address)
        #expect(explanation.findings.map(\.attribute) == ["instance_type"])
        #expect(explanation.expected.contains { $0.attribute == "subnet_id" && $0.reason == .reference })
        #expect(explanation.expected.contains { $0.attribute == "id" })
        #expect(StackParity.explain("aws_instance.none", primary: try primary.stack(), dr: stack) == nil)
    }

    @Test func `two indistinguishable candidates are reported, not guessed`() throws {
        func twins(_ fixture: StackFixture, _ names: [String], _ sizes: [Int]) -> [StackFixture.Entry] {
            fixture.entries + zip(names, sizes).map { name, size in
                StackFixture.Entry(type: "aws_ebs_volume", name: name, key: nil, attributes: ["id": fixture.id("vol", name), "size": size, "availability_zone": fixture.region + "a", "kms_key_id": fixture.entries.first { $0.type == "aws_kms_key" }?.attributes["arn"] as Any], dependencies: ["aws_kms_key.data"])
            }
        }
        let report = StackParity.compare(primary: try primary.stack(twins(primary, ["ant", "bee"], [10, 20])), dr: try dr.stack(twins(dr, ["cow", "dog"], [30, 40])))
        #expect(report.findings.map(\.findingClass) == [.unmatched, .unmatched], "\(report.findings.map(\.brief))")
        #expect(report.findings.allSatisfy { $0.reason.contains("aws_ebs_volume.cow, aws_ebs_volume.dog") })
    }
}
