public import ArgumentParser
import Logging
public import Reports

/// The flags about the form of result and messages, the same for every command.
struct OutputOptions: ParsableArguments, Sendable {
    @Option(name: .shortAndLong, help: .variable("TFGUARD_FORMAT", "Form of the result; not every command has all of them.", value: "format"))
    var format: ReportFormat?

    @Flag(help: .variable("TFGUARD_JSON", "The same as --format json."))
    var json = false

    @Option(name: .shortAndLong, help: .variable("TFGUARD_OUTPUT", "Write the result to a file (mode 0600).", value: "file"))
    var output: String?

    @Flag(name: .shortAndLong, help: .variable("TFGUARD_QUIET", "No progress and no warnings on standard error."))
    var quiet = false

    @Flag(name: .shortAndLong, help: .variable("TFGUARD_VERBOSE", "More columns, full ids, what is being done; twice: every request. The variable takes 1 or 2."))
    var verbose: Int

    @Flag(name: .customLong("no-color"), help: .variable("TFGUARD_NO_COLOR", "No colours; NO_COLOR does the same."))
    var noColor = false

    @Flag(name: .customLong("no-progress"), help: .variable("TFGUARD_NO_PROGRESS", "No progress on standard error."))
    var noProgress = false

    @Option(help: .variable("TFGUARD_PROGRESS", "Progress on standard error: plain is a line now and then, json is JSON Lines.", value: "style"))
    var progress: ProgressChoice?

    /// - Throws: ``UsageProblem`` for a variable that makes no sense.
    func settings(_ environment: EnvironmentVariables, terminal: Terminal) throws(UsageProblem) -> OutputSettings {
        var settings = OutputSettings()
        settings.format = try resolvedFormat(environment)
        settings.outputPath = output ?? environment["TFGUARD_OUTPUT"]
        let isOnTerminal = settings.outputPath == nil && terminal.outputIsTerminal
        let isPlain = try environment.flag("TFGUARD_NO_COLOR", given: noColor || !terminal.allowsColour)
        settings.layout = TerminalLayout(width: settings.outputPath == nil ? terminal.width : nil, hasColour: isOnTerminal && !isPlain)
        let verbosity = try environment.value("TFGUARD_VERBOSE", given: verbose > 0 ? verbose : nil, "a small number", { Int($0) }) ?? 0
        let isQuiet = try environment.flag("TFGUARD_QUIET", given: quiet)
        settings.page = PageOptions(isDetailed: verbosity > 0)
        settings.logLevel = isQuiet ? .error : verbosity == 0 ? .warning : verbosity == 1 ? .info : .debug
        settings.progress = try environment.flag("TFGUARD_NO_PROGRESS", given: isQuiet || noProgress)
            ? .none : resolvedProgress(environment).style(isTerminal: terminal.errorIsTerminal)
        return settings
    }

    private func resolvedFormat(_ environment: EnvironmentVariables) throws(UsageProblem) -> ReportFormat {
        if json {
            guard format == nil || format == .json else {
                throw UsageProblem("--json", "contradicts --format \(format?.rawValue ?? "")", hint: "Give one of them.")
            }
            return .json
        }
        if format == nil, try environment.flag("TFGUARD_JSON") { return .json }
        let names = ReportFormat.allCases.map(\.rawValue).joined(separator: ", ")
        return try environment.value("TFGUARD_FORMAT", given: format, "one of \(names)", { ReportFormat(rawValue: $0) }) ?? .table
    }

    private func resolvedProgress(_ environment: EnvironmentVariables) throws(UsageProblem) -> ProgressChoice {
        try environment.value("TFGUARD_PROGRESS", given: progress, "auto, plain, json or none", { ProgressChoice(rawValue: $0) }) ?? .auto
    }

    /// Whether a JSON document is wanted, for arguments that could not be parsed.
    static func wantsJSON(_ arguments: [String], _ environment: EnvironmentVariables) -> Bool {
        let options = Array(arguments.prefix { $0 != "--" })
        if options.contains(where: { ["--json", "--format=json", "-f=json", "-fjson"].contains($0) }) { return true }
        if zip(options, options.dropFirst()).contains(where: { ["-f", "--format"].contains($0) && $1 == "json" }) { return true }
        return environment["TFGUARD_FORMAT"] == "json" || (try? environment.flag("TFGUARD_JSON")) == true
    }
}

extension ReportFormat: ExpressibleByArgument {}
