import ArgumentParser

/// `--dry-run`.
struct DryRunOptions: ParsableArguments, Sendable {
    @Flag(name: [.customShort("n"), .customLong("dry-run")], help: .variable("TFGUARD_DRY_RUN", "Say what would be done, write nothing."))
    var dryRun = false

    func isDryRun(_ environment: EnvironmentVariables) throws(UsageProblem) -> Bool {
        try environment.flag("TFGUARD_DRY_RUN", given: dryRun)
    }
}
