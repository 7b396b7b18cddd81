import Logging
import Reports
import Sites

/// What a command works with: the environment, the configuration, and where messages go.
final class Session: Sendable {
    let environment: EnvironmentVariables
    let terminal: Terminal
    let output: OutputSettings
    let log: Logger
    let progress: ProgressDisplay
    /// Hides sensitive values; keyed anew for each run.
    let mask: SecretMask

    init(environment: EnvironmentVariables, terminal: Terminal, output: OutputSettings) {
        self.environment = environment
        self.terminal = terminal
        self.output = output
        let level = output.logLevel
        log = Logger(label: "tfguard") { _ in StandardErrorLog(logLevel: level) }
        progress = ProgressDisplay(style: output.progress, width: terminal.errorWidth)
        mask = SecretMask(key: (.random(in: .min ... .max), .random(in: .min ... .max)))
    }

    /// The configuration that the flags and the environment name, or the nearest one; nil when there is none.
    func configuration(_ options: ConfigurationOptions) throws -> Configuration? {
        let folder = try WorkingDirectory.path()
        let found = try Configuration.load(path: options.config, environment: environment.values, workingDirectory: folder)
        if let file = found?.file { log.info("configuration read", metadata: ["file": "\(file)"]) }
        return found
    }

    /// The configuration, which has to be there.
    func requiredConfiguration(_ options: ConfigurationOptions) throws -> Configuration {
        guard let configuration = try configuration(options) else {
            throw Complaint(
                .usage, "tfguard.yaml", "There is no configuration here or in any folder above.",
                hint: "Run tfguard init in a Terraform folder, or name a file with --config.")
        }
        return configuration
    }

    /// Asks for the code of an MFA device.
    func askForMFACode(serial: String) throws -> String {
        progress.finish()
        StandardError.write("MFA code of \(VisibleText.escape(serial)): ")
        guard let code = readLine(), !code.isEmpty else { throw CancellationError() }
        return code
    }

    /// Asks a yes-or-no question on the terminal, or refuses where there is nobody to ask.
    func confirm(_ question: String, assumeYes: Bool) throws {
        if assumeYes { return }
        guard terminal.inputIsTerminal, terminal.errorIsTerminal else {
            throw UsageProblem("--yes", "\(question) There is no terminal to ask on.", hint: "Say --yes to go ahead.")
        }
        StandardError.write(VisibleText.escape(question) + " [y/N] ")
        guard let answer = readLine(), ["y", "yes"].contains(answer.lowercased()) else {
            throw Complaint(.failure, "", "Nothing was done: not confirmed.", hint: "")
        }
    }
}
