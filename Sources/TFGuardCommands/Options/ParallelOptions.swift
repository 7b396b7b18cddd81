import ArgumentParser

/// `--parallel`.
struct ParallelOptions: ParsableArguments, Sendable {
    @Option(help: .variable("TFGUARD_PARALLEL", "Requests in flight at a time (1 to 256).", value: "number"))
    var parallel: Int?

    /// - Throws: ``UsageProblem`` outside 1...256.
    func limit(_ environment: EnvironmentVariables, default standard: Int) throws(UsageProblem) -> Int {
        let number = try environment.value("TFGUARD_PARALLEL", given: parallel, "a number", { Int($0) }) ?? standard
        guard (1...256).contains(number) else {
            throw UsageProblem("--parallel", "\(number) is out of range", hint: "Give a number from 1 to 256.")
        }
        return number
    }
}
