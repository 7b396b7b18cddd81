import StackParity
import StateJSON
import TerraformState
import Testing

/// Two stacks in one state.
struct StackSplitTests {
    static func both(_ primary: StackFixture, _ dr: StackFixture, _ change: (StackFixture) -> [StackFixture.Entry] = { $0.entries }) throws -> TerraformState {
        try TerraformState(parsing: StateBytes(try StackFixture.bytes(of: [(primary, primary.entries), (dr, change(dr))])))
    }

    @Test func `provider aliases tell the sides apart`() throws {
        var dr = StackFixture.standby
        dr.alias = "backup"
        dr.namePrefix = "dr_"
        let split = try #require(StackSplit(try Self.both(StackFixture(), dr) { $0.changing("aws_lb", "web", "idle_timeout", to: 30) }))
        #expect(split.criterion == .providers(primary: "", dr: "backup"))
        let report = StackParity.compare(primary: split.primary, dr: split.dr)
        // Providers without regions have no alias: their names tell, as the others' do.
        let found = report.findings
        #expect(found.map(\.brief).count == 1, "\(found.map(\.brief))")
        #expect(found.first?.attribute == "idle_timeout")
        #expect(found.first?.drAddress == "aws_lb.dr_web")
    }

    @Test func `two modules tell the sides apart`() throws {
        var primary = StackFixture(), dr = StackFixture.standby
        primary.module = "module.main"
        dr.module = "module.standby"
        let split = try #require(StackSplit(try Self.both(primary, dr) { $0.removing("aws_sns_topic", "ops") }))
        #expect(split.criterion == .modules(primary: "module.main", dr: "module.standby"))
        let report = StackParity.compare(primary: split.primary, dr: split.dr)
        #expect(report.findings.first { $0.findingClass == .missing }?.primaryAddress == "module.main.aws_sns_topic.ops")
    }

    @Test func `names tell the sides apart`() throws {
        var dr = StackFixture.standby
        dr.namePrefix = "dr_"
        let split = try #require(StackSplit(try Self.both(StackFixture(), dr)))
        #expect(split.criterion == .names(drToken: "dr"))
        #expect(StackParity.compare(primary: split.primary, dr: split.dr).findings.map(\.brief) == [])
    }

    @Test func `the user's word goes before what is found`() throws {
        var primary = StackFixture(), dr = StackFixture.standby
        primary.module = "module.main"
        dr.module = "module.standby"
        let split = try #require(StackSplit(try Self.both(primary, dr), by: .regions(primary: "eu-central-1", dr: "eu-west-1")))
        #expect(split.criterion.description == "region eu-central-1 and region eu-west-1")
        #expect(split.primary.members.first?.selection?.isDisjoint(with: split.dr.members.first?.selection ?? []) == true)
    }

    @Test func `one stack is not split`() throws {
        #expect(StackSplit(try TerraformState(parsing: StateBytes(try StackFixture().bytes()))) == nil)
    }

    /// The fixture as two states: the network, and what stands in it.
    static func layers(_ fixture: StackFixture, _ entries: [StackFixture.Entry]) throws -> Stack {
        let network: Set = ["aws_vpc", "aws_subnet", "aws_security_group", "aws_route", "aws_route_table"]
        let parts = [entries.filter { network.contains($0.type) }, entries.filter { !network.contains($0.type) }]
        return Stack(try parts.enumerated().map { Stack.Member(reference: "layer\($0.offset)", state: try TerraformState(parsing: StateBytes(try fixture.bytes($0.element)))) })
    }

    @Test func `each pair of states has its report, and references are followed across the states`() throws {
        let primary = StackFixture(), dr = StackFixture.standby
        func reports(_ entries: [StackFixture.Entry]) throws -> [ParityReport] {
            let left = try Self.layers(primary, primary.entries), right = try Self.layers(dr, entries)
            return StackParity.compare(pairs: Array(zip(left.members, right.members)).map { (primary: $0, dr: $1) })
        }
        let calm = try reports(dr.entries)
        #expect(calm.map(\.findings.count) == [0, 0], "\(calm.flatMap(\.findings).map(\.brief))")
        #expect(calm.map(\.instanceCounts.primary).reduce(0, +) == primary.entries.count)
        #expect(calm.allSatisfy { $0.counterparts.count == $0.instanceCounts.dr })
        let crossed = try reports(dr.changing("aws_instance", "web", "subnet_id", to: dr.id("subnet", "1")))
        #expect(crossed.map { $0.findings.map(\.findingClass) } == [[], [.wrongReference]])
        let borrowed = try reports(dr.changing("aws_instance", "web", "subnet_id", to: primary.id("subnet", "0")))
        #expect(borrowed.map { $0.findings.map(\.findingClass) } == [[], [.namesThePrimary]])
        let gone = try reports(dr.removing("aws_security_group", "web"))
        #expect(gone[0].findings.map(\.findingClass) == [.missing])
    }

    @Test func `states that belong together pair their instances, though other states use the same addresses`() throws {
        let primary = StackFixture(), dr = StackFixture.standby
        var other = primary, otherDR = dr
        (other.name, other.salt, other.network, other.peerNetwork) = ("acme-mail-dub", "q", "10.50", "10.60")
        (otherDR.name, otherDR.salt, otherDR.network, otherDR.peerNetwork) = ("acme-mail-fra", "e", "10.60", "10.50")
        func member(_ fixture: StackFixture, _ entries: [StackFixture.Entry]) throws -> Stack.Member {
            Stack.Member(reference: fixture.name, state: try TerraformState(parsing: StateBytes(try fixture.bytes(entries))))
        }
        let reports = StackParity.compare(pairs: [
            (primary: try member(primary, primary.entries), dr: try member(dr, dr.removing("aws_instance", "web", at: 1))),
            (primary: try member(other, other.entries), dr: try member(otherDR, otherDR.changing("aws_instance", "web", at: 1, "instance_type", to: "t3.small"))),
        ])
        #expect(reports.map { $0.findings.map(\.findingClass) } == [[.missing], [.changed]], "\(reports.flatMap(\.findings).map(\.brief))")
    }

    @Test func `several states a side are one stack`() throws {
        let primary = StackFixture(), dr = StackFixture.standby
        let calm = StackParity.compare(primary: try Self.layers(primary, primary.entries), dr: try Self.layers(dr, dr.entries))
        #expect(calm.findings.map(\.brief) == [])
        let crossed = StackParity.compare(primary: try Self.layers(primary, primary.entries), dr: try Self.layers(dr, dr.changing("aws_instance", "web", "subnet_id", to: dr.id("subnet", "1"))))
        #expect(crossed.findings.map(\.findingClass) == [.wrongReference])
    }
}

extension StackSplitTests {
    /// A record for each site at the root: its key says whose it is.
    @Test func `global objects keyed by the sides' regions`() throws {
        var primary = StackFixture(), dr = StackFixture.standby
        primary.module = "module.site[\"eu-west-1\"]"
        dr.module = "module.site[\"eu-central-1\"]"
        let root = StackFixture()
        func record(_ region: String, ttl: Int) -> StackFixture.Entry {
            StackFixture.Entry(type: "aws_route53_record", name: "site", key: region, attributes: ["id": "Z1_app_\(region)", "zone_id": "Z1", "name": "app.acme.example", "type": "CNAME", "set_identifier": region, "ttl": ttl])
        }
        let bytes = try StackFixture.bytes(of: [(primary, primary.entries), (dr, dr.entries), (root, [record("eu-west-1", ttl: 60), record("eu-central-1", ttl: 3600)])])
        let split = try #require(StackSplit(try TerraformState(parsing: StateBytes(bytes)), by: .modules(primary: "module.site[\"eu-west-1\"]", dr: "module.site[\"eu-central-1\"]")))
        let found = StackParity.compare(primary: split.primary, dr: split.dr).findings
        #expect(found.map { "\($0.primaryAddress ?? "") \($0.attribute ?? "")" } == ["aws_route53_record.site[\"eu-west-1\"] ttl"], "\(found.map(\.brief))")
    }

    /// Root records of both sides under one alias: their names and what they build on tell whose they are.
    @Test func `global objects of both sides under the primary's alias`() throws {
        var primary = StackFixture(), dr = StackFixture.standby
        (primary.module, primary.alias, dr.module, dr.alias) = ("module.primary", "main", "module.secondary", "second")
        var root = StackFixture()
        root.alias = "main"
        func record(_ name: String, _ role: String, health: Int) -> [StackFixture.Entry] {
            [
                StackFixture.Entry(type: "aws_route53_health_check", name: name, key: nil, attributes: ["id": "hc-\(name)", "failure_threshold": health]),
                StackFixture.Entry(type: "aws_route53_record", name: name, key: nil, attributes: ["id": "Z1_\(name)", "zone_id": "Z1", "name": "app.acme.example", "set_identifier": name, "health_check_id": "hc-\(name)", "failover_routing_policy": [["type": role] as StackFixture.Object]], dependencies: ["aws_route53_health_check.\(name)"]),
            ]
        }
        let bytes = try StackFixture.bytes(of: [(primary, primary.entries), (dr, dr.entries), (root, record("primary", "PRIMARY", health: 3) + record("secondary", "SECONDARY", health: 9))])
        let split = try #require(StackSplit(try TerraformState(parsing: StateBytes(bytes))))
        let found = StackParity.compare(primary: split.primary, dr: split.dr).findings
        #expect(found.map { "\($0.primaryAddress ?? "") \($0.drAddress ?? "") \($0.attribute ?? "")" } == ["aws_route53_health_check.primary aws_route53_health_check.secondary failure_threshold"], "\(found.map(\.brief))")
    }
}
