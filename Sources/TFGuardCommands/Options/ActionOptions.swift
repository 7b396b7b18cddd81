import ArgumentParser

/// Whether to write at all, and whether to ask.
struct ConfirmationOptions: ParsableArguments, Sendable {
    @Flag(name: [.customShort("y"), .customLong("yes")], help: .variable("TFGUARD_YES", "Don't ask before writing."))
    var yes = false

    func assumesYes(_ environment: EnvironmentVariables) throws(UsageProblem) -> Bool {
        try environment.flag("TFGUARD_YES", given: yes)
    }
}

/// `--dry-run`.
struct DryRunOptions: ParsableArguments, Sendable {
    @Flag(name: [.customShort("n"), .customLong("dry-run")], help: .variable("TFGUARD_DRY_RUN", "Say what would be done, write nothing."))
    var dryRun = false

    func isDryRun(_ environment: EnvironmentVariables) throws(UsageProblem) -> Bool {
        try environment.flag("TFGUARD_DRY_RUN", given: dryRun)
    }
}

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

/// `--reveal`.
struct RevealOptions: ParsableArguments, Sendable {
    @Flag(help: .variable("TFGUARD_REVEAL", "Show sensitive values."))
    var reveal = false

    func isRevealing(_ environment: EnvironmentVariables) throws(UsageProblem) -> Bool {
        try environment.flag("TFGUARD_REVEAL", given: reveal)
    }
}
