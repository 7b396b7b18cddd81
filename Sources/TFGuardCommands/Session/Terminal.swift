import Glibc

/// What standard output and standard error are connected to.
struct Terminal: Sendable {
    let outputIsTerminal: Bool
    let errorIsTerminal: Bool
    let inputIsTerminal: Bool
    /// Columns of the terminal that shows the result; nil where nothing limits a line.
    let width: Int?
    /// Columns of the terminal that shows the progress.
    let errorWidth: Int
    /// Whether the environment allows colours: `NO_COLOR` (no-color.org) and `TERM=dumb` forbid them.
    let allowsColour: Bool

    init(environment: EnvironmentVariables) {
        outputIsTerminal = isatty(STDOUT_FILENO) == 1
        errorIsTerminal = isatty(STDERR_FILENO) == 1
        inputIsTerminal = isatty(STDIN_FILENO) == 1
        let given = environment["COLUMNS"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
        width = outputIsTerminal ? given ?? Self.columns(of: STDOUT_FILENO) : given
        errorWidth = given ?? Self.columns(of: STDERR_FILENO) ?? 80
        allowsColour = environment["NO_COLOR"] == nil && environment["TERM"] != "dumb"
    }

    private static func columns(of descriptor: Int32) -> Int? {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }
}
