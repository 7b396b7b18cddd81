/// Runs the program of a `credential_process`.
public protocol ProgramRunner: Sendable {
    /// Runs a command line and waits for its end.
    ///
    /// - Parameters:
    ///   - commandLine: program and arguments in the quoting of a shell.
    ///   - environment: the only variables the program gets.
    ///   - outputLimit: in bytes; a program that writes more is ended.
    ///   - timeout: a program that runs longer is ended, with everything it started.
    /// - Throws: ``ProgramError``, or `CancellationError`.
    func run(
        _ commandLine: String, environment: [String: String], outputLimit: Int, timeout: Duration
    ) async throws -> ProgramOutput
}

/// What a program wrote before it ended with status 0.
public struct ProgramOutput: Sendable, Hashable {
    public var bytes: [UInt8]

    public init(bytes: [UInt8]) { self.bytes = bytes }
}

/// A `credential_process` that gave nothing. Neither its output nor its error output is told: both may hold secrets.
public enum ProgramError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The command line has an open quote, or ends in a backslash, or is empty.
    case unreadableCommand(String)
    /// There is no such program.
    case notFound(String)
    /// The program could not be started; the system's message.
    case notStarted(String, message: String)
    /// It ended with this status.
    case failed(String, status: Int32)
    /// It was ended by this signal.
    case killed(String, signal: Int32)
    /// It ran longer than this.
    case timedOut(String, after: Duration)
    /// It wrote more than this many bytes.
    case tooMuchOutput(String, limit: Int)

    public var description: String {
        switch self {
        case .unreadableCommand(let what): "credential_process cannot be read: \(what)"
        case .notFound(let program): "credential_process: there is no program `\(program)` (no shell is used, so no built-in commands or pipes)"
        case .notStarted(let program, let message): "credential_process: `\(program)` could not be started: \(message)"
        case .failed(let program, let status):
            "Error retrieving credentials: external process exited with code exit status: \(status); run `\(program)` by hand to see why"
        case .killed(let program, let signal): "credential_process: `\(program)` was ended by signal \(signal)"
        case .timedOut(let program, let duration): "credential_process: `\(program)` gave nothing in \(duration)"
        case .tooMuchOutput(let program, let limit): "credential_process: `\(program)` wrote more than \(limit) bytes"
        }
    }
}
