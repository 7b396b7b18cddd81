import ArgumentParser

/// Whether to write at all, and whether to ask.
struct ConfirmationOptions: ParsableArguments, Sendable {
    @Flag(name: [.customShort("y"), .customLong("yes")], help: .variable("TFGUARD_YES", "Don't ask before writing."))
    var yes = false

    func assumesYes(_ environment: EnvironmentVariables) throws(UsageProblem) -> Bool {
        try environment.flag("TFGUARD_YES", given: yes)
    }
}
