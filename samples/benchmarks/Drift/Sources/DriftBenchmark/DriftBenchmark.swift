import Findings
import Foundation
import StackParity
import StateJSON
import TerraformState

/// `DriftBenchmark [--print] PRIMARY [DR]`: times reading and comparing; with one file, splits the stacks it holds.
@main
struct DriftBenchmark {
    static func main() throws {
        var arguments = Array(CommandLine.arguments.dropFirst())
        let prints = arguments.first == "--print"
        if prints { arguments.removeFirst() }
        guard let first = arguments.first else {
            print("usage: DriftBenchmark [--print] PRIMARY.tfstate [DR.tfstate]")
            exit(64)
        }
        let clock = ContinuousClock()
        let start = clock.now
        let primary = try state(first)
        let other = arguments.count > 1 ? try state(arguments[1]) : nil
        let read = clock.now
        let stacks: (Stack, Stack)
        if let other {
            stacks = (Stack(primary), Stack(other))
        } else if let split = StackSplit(primary) {
            stacks = (split.primary, split.dr)
            if prints { print("split by \(split.criterion)") }
        } else {
            print("no two stacks in \(first)")
            exit(2)
        }
        let report = StackParity.compare(primary: stacks.0, dr: stacks.1)
        let end = clock.now
        if prints {
            for finding in report.findings {
                print([finding.findingClass.rawValue, finding.severity.rawValue, finding.primaryAddress ?? "-", finding.drAddress ?? "-", finding.attribute ?? "", "\(finding.primaryValue) <> \(finding.drValue)", finding.reason].joined(separator: "\t"))
            }
            for item in report.correspondences.prefix(40) { print("#", item.kind, item.key ?? "", item.primary, "->", item.dr, item.support) }
        }
        let bases = Dictionary(grouping: report.counterparts, by: \.basis.rawValue).mapValues(\.count)
        print("instances \(report.instanceCounts) pairs \(bases) findings \(report.findings.count) expected \(report.expected.values.reduce(0, +)) read \(read - start) compare \(end - read) peak \(peakMegabytes()) MB")
    }

    static func state(_ path: String) throws -> TerraformState {
        var builder = StateBytes.Builder(capacity: 0)
        let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        while let chunk = try handle.read(upToCount: 8 << 20), !chunk.isEmpty { chunk.withUnsafeBytes { builder.append($0) } }
        return try TerraformState(parsing: builder.finish())
    }

    static func peakMegabytes() -> Int {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8), let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM") }) else { return 0 }
        return (Int(line.filter(\.isNumber)) ?? 0) / 1024
    }
}
