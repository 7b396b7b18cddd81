import Findings
import ProviderSchema
import StackParity
import Testing

/// Stacks that differ only as a second region must: nothing to report.
struct InStepTests {
    static func variants() -> [(String, StackFixture, StackFixture)] {
        let primary = StackFixture(), standby = StackFixture.standby
        var list: [(String, StackFixture, StackFixture)] = [("two roots", primary, standby)]
        var other = standby
        other.region = "ap-southeast-4"
        other.zones = ["b", "c"]
        other.name = "acme-prod-mel"
        list.append(("another region and zones", primary, other))
        other = standby
        other.module = "module.dr"
        list.append(("one module deeper", primary, other))
        var first = primary
        first.module = "module.stack[\"eu-west-1\"]"
        other.module = "module.stack[\"eu-central-1\"]"
        list.append(("a module for each region", first, other))
        first.module = "module.main"
        other.module = "module.standby"
        list.append(("two modules", first, other))
        other = standby
        other.namePrefix = "dr_"
        list.append(("prefixed resource names", primary, other))
        other = standby
        other.network = "172.16"
        first = primary
        first.peerNetwork = "172.16"
        list.append(("another network", first, other))
        other = standby
        other.account = primary.account
        list.append(("one account", primary, other))
        other = standby
        other.name = "dr-acme-prod-dub"
        list.append(("an inserted name token", primary, other))
        return list
    }

    @Test(arguments: variants().map(\.0))
    func `stacks in step give no finding`(name: String) throws {
        let (_, primary, dr) = try #require(Self.variants().first { $0.0 == name })
        let report = StackParity.compare(primary: try primary.stack(), dr: try dr.stack())
        #expect(report.findings.map(\.brief) == [])
        #expect(report.counterparts.count == primary.entries.count)
        #expect(report.expected[.reference, default: 0] > 20)
    }

    @Test func `a stack is in step with itself`() throws {
        let stack = try StackFixture().stack()
        let report = StackParity.compare(primary: stack, dr: stack)
        #expect(report.findings.isEmpty)
        #expect(report.expected.isEmpty)
        #expect(report.correspondences.isEmpty)
    }

    @Test func `without a schema nothing real is added or lost`() throws {
        let dr = StackFixture.standby
        let report = StackParity.compare(primary: try StackFixture().stack(), dr: try dr.stack(dr.changing("aws_db_instance", "main", "multi_az", to: false)), schema: .none)
        #expect(report.findings.contains { $0.attribute == "multi_az" })
        #expect(report.findings.count <= 8)
    }
}

extension DriftFinding {
    /// One line for failure messages.
    var brief: String { "\(findingClass.rawValue) \(primaryAddress ?? "-") \(drAddress ?? "-") \(attribute ?? "") \(reason)" }
}
