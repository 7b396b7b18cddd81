public import ArgumentParser
public import Findings

/// `--fail-on`.
struct FailOnOptions: ParsableArguments, Sendable {
    @Option(name: .customLong("fail-on"), help: .variable("TFGUARD_FAIL_ON", "Exit with 2 for findings from this severity on.", value: "level"))
    var failOn: Severity?

    /// - Returns: nil when neither flag nor variable is set.
    func level(_ environment: EnvironmentVariables) throws(UsageProblem) -> Severity? {
        let names = Severity.allCases.map(\.rawValue).joined(separator: ", ")
        return try environment.value("TFGUARD_FAIL_ON", given: failOn, "one of \(names)", { Severity(rawValue: $0) })
    }
}

extension Severity: ExpressibleByArgument {}
