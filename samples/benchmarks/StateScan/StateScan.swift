import Glibc
import StateJSON
import TerraformState

/// Measures how fast states are read.
///
///     StateScan [--megabytes N | --file PATH] [--repeat N] [--only NAME]
///
/// One line per operation: best CPU time, throughput over the input, and how much the resident set grew. The memory figure
/// is meaningful for the first operation of a process: run `--only parse --repeat 1` for it.
@main struct StateScan {
    static func main() {
        var arguments = Array(CommandLine.arguments.dropFirst())
        func option(_ name: String) -> String? {
            guard let at = arguments.firstIndex(of: name), at + 1 < arguments.count else { return nil }
            defer { arguments.removeSubrange(at...at + 1) }
            return arguments[at + 1]
        }
        let only = option("--only")
        let repeats = option("--repeat").flatMap(Int.init) ?? 7
        let bytes: StateBytes
        if let path = option("--file") {
            guard let content = Measurement.read(path) else {
                print("cannot read \(path)")
                exit(1)
            }
            bytes = content
        } else {
            bytes = SyntheticState.make(bytes: (option("--megabytes").flatMap(Int.init) ?? 10) * 1_000_000)
        }
        for operation in Operation.allCases where only == nil || operation.rawValue == only {
            measure(operation, bytes, repeats: repeats)
        }
    }

    static func measure(_ operation: Operation, _ bytes: StateBytes, repeats: Int) {
        guard operation != .nothing else { return }
        let document = operation == .parse || operation == .deferred ? nil : try? JSONDocument(parsing: bytes)
        report(operation, bytes, repeats) { operation.run(bytes, document) }
    }

    static func report(_ operation: Operation, _ bytes: StateBytes, _ repeats: Int, _ body: () -> Int) {
        let before = Measurement.memory("VmRSS")
        var best = Double.infinity
        var result = 0
        for _ in 0..<repeats {
            let start = Measurement.cpu
            result = body()
            best = min(best, Measurement.cpu - start)
        }
        guard result >= 0 else {
            print("\(operation.rawValue): the input is no readable state")
            exit(1)
        }
        let growth = max(0, Measurement.memory("VmHWM") - before)
        let size = Double(bytes.count)
        let line =
            "\(operation.rawValue) \(padded(best * 1000)) ms CPU \(padded(size / best / 1e6)) MB/s, memory +\(padded(Double(growth) / size)) x input, result \(result)"
        print(line)
    }

    static func padded(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
    }
}
