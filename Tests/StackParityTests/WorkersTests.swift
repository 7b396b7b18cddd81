import Findings
import Foundation
import StackParity
import StateJSON
import Synchronization
import TerraformState
import Testing

/// Several workers find what one finds.
struct WorkersTests {
    /// Threads of this test alone, one of which the system does not give.
    static let four = Workers(count: 4) { body in
        withoutActuallyEscaping(body) { body in
            let threads = (1..<3).map { number in
                let thread = Thread { body(number) }
                thread.stackSize = 1 << 26
                return thread
            }
            for thread in threads { thread.start() }
            body(0)
            for thread in threads { while !thread.isFinished { usleep(200) } }
        }
    }

    static func lines(_ report: ParityReport) -> [String] {
        report.findings.map { "\($0.id) \($0.ruleID) \($0.severity) \($0.primaryAddress ?? "-") \($0.drAddress ?? "-") \($0.attribute ?? "") \($0.primaryValue) \($0.drValue) \($0.reason)" }
            + report.expected.map { "\($0.key) \($0.value)" }.sorted()
            + report.expectedDifferences.map { "\($0)" } + report.counterparts.map { "\($0)" } + report.correspondences.map { "\($0)" }.sorted()
    }

    @Test(.enabled(if: Corpus.isPresent, "corpus not found: set TFGUARD_SHARED"), arguments: CorpusParityTests.names)
    func `several workers find what one finds`(name: String) throws {
        let (primary, dr) = try CorpusParityTests.stacks(name)
        let options = ParityOptions(listsExpected: true)
        let one = StackParity.compare(primary: primary, dr: dr, options: options)
        let several = StackParity.compare(primary: primary, dr: dr, options: options, workers: Self.four)
        #expect(Self.lines(one) == Self.lines(several))
    }

    @Test func `large stacks are shared among workers`() throws {
        let primary = try SubnetStack(region: "us-east-1", count: 1500).stack()
        let dr = try SubnetStack(region: "us-west-2", count: 1500, wrong: [7, 700, 1400]).stack()
        let used = WorkerLog()
        let workers = Workers(count: 3) { body in
            withoutActuallyEscaping(body) { body in
                let thread = Thread {
                    used.note(1)
                    body(1)
                }
                thread.stackSize = 1 << 26
                thread.start()
                used.note(0)
                body(0)
                while !thread.isFinished { usleep(200) }
            }
        }
        let report = StackParity.compare(primary: primary, dr: dr, workers: workers)
        #expect(report.findings.map(\.address) == [7, 700, 1400].map { "aws_subnet.s[\($0)]" }.sorted())
        #expect(used.all == [0, 1])
        #expect(Self.lines(report) == Self.lines(StackParity.compare(primary: primary, dr: dr)))
    }
}

private final class WorkerLog: Sendable {
    private let numbers = Mutex<Set<Int>>([])
    func note(_ number: Int) { numbers.withLock { _ = $0.insert(number) } }
    var all: Set<Int> { numbers.withLock(\.self) }
}

/// Many subnets of one VPC, some of them with another setting.
private struct SubnetStack {
    var region: String
    var count: Int
    var wrong: Set<Int> = []

    func stack() throws -> Stack {
        let number = region == "us-east-1" ? 10 : 20
        let instances = (0..<count).map { index in
            let id = "subnet-\(String(0xabc0000 + index, radix: 16))\(number)"
            return #"{"index_key": \#(index), "attributes": {"arn": "arn:aws:ec2:\#(region):123456789012:subnet/\#(id)", "availability_zone": "\#(region)a", "cidr_block": "10.\#(number).\#(index / 16).\#(index % 16 * 16)/28", "id": "\#(id)", "map_public_ip_on_launch": \#(wrong.contains(index)), "vpc_id": "vpc-0abc\#(number)"}}"#
        }
        let vpc = #"{"mode": "managed", "type": "aws_vpc", "name": "main", "instances": [{"attributes": {"arn": "arn:aws:ec2:\#(region):123456789012:vpc/vpc-0abc\#(number)", "cidr_block": "10.\#(number).0.0/16", "id": "vpc-0abc\#(number)"}}]}"#
        let text = #"{"version": 4, "serial": 1, "lineage": "a", "resources": [\#(vpc), {"mode": "managed", "type": "aws_subnet", "name": "s", "instances": [\#(instances.joined(separator: ", "))]}]}"#
        return Stack(try TerraformState(parsing: StateBytes(Array(text.utf8))))
    }
}
