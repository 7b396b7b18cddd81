import ArgumentParser

/// `--reveal`.
struct RevealOptions: ParsableArguments, Sendable {
    @Flag(help: .variable("TFGUARD_REVEAL", "Show sensitive values."))
    var reveal = false

    func isRevealing(_ environment: EnvironmentVariables) throws(UsageProblem) -> Bool {
        try environment.flag("TFGUARD_REVEAL", given: reveal)
    }
}
