internal import Dispatch

/// Programs of this machine, started without a shell, in a process group of their own, without standard input.
public struct LocalPrograms: ProgramRunner {
    public init() {}

    public func run(
        _ commandLine: String, environment: [String: String], outputLimit: Int, timeout: Duration
    ) async throws -> ProgramOutput {
        let words = try CommandLineWords.split(commandLine)
        let program = try Self.find(words[0], in: environment["PATH"])
        let child = ChildProcess(name: words[0], outputLimit: outputLimit, timeout: timeout)
        try Task.checkCancellation()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                // Waiting for a program blocks a thread; it must not be one of the few that run tasks.
                DispatchQueue.global().async {
                    continuation.resume(with: Result { try child.run(program, words, environment) })
                }
            }
        } onCancel: {
            child.cancel()
        }
    }

    /// The path of the program: as written when it has a slash, else the first hit of PATH.
    private static func find(_ name: String, in path: String?) throws(ProgramError) -> String {
        if name.contains("/") { return name }
        for folder in (path ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":") where folder.hasPrefix("/") {
            let candidate = "\(folder)/\(name)"
            if ChildProcess.isExecutable(candidate) { return candidate }
        }
        throw .notFound(name)
    }
}
