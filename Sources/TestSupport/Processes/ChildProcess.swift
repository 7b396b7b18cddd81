public import Glibc
import Synchronization

/// A child process with its output captured in files, ended and waited for at the latest when it is let go.
public final class ChildProcess: Sendable {
    public let pid: pid_t
    private let directory: TemporaryDirectory
    private let ending = Mutex<ProcessOutcome.Ending?>(nil)

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - arguments: the program (looked up in `PATH` when it has no slash) and what follows.
    ///   - environment: the whole environment of the child, nil for a copy of ours.
    ///   - input: what it reads from standard input.
    ///   - workingDirectory: nil for ours.
    /// - Throws: ``SystemCallError`` when it cannot be started.
    public init(_ arguments: [String], environment: [String: String]? = nil, input: [UInt8] = [], workingDirectory: String? = nil) throws {
        // posix_spawn cannot change the directory portably; env can.
        let arguments = workingDirectory.map { ["/usr/bin/env", "-C", $0] + arguments } ?? arguments
        guard let program = arguments.first else { throw SystemCallError(call: "spawn without a program", code: EINVAL) }
        directory = try TemporaryDirectory("tfguard-process")
        try directory.write(input, to: "stdin")
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, directory.file("stdin"), O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, directory.file("stdout"), O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, directory.file("stderr"), O_WRONLY | O_CREAT | O_APPEND, 0o600)
        // The child starts with no signal blocked and default handlers, whatever a test did to ours.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        var all = sigset_t()
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        var pid: pid_t = 0
        let code = withCStrings(arguments) { argv in
            guard let environment else { return posix_spawnp(&pid, program, &actions, &attributes, argv, environ) }
            return withCStrings(environment.map { "\($0.key)=\($0.value)" }) { posix_spawnp(&pid, program, &actions, &attributes, argv, $0) }
        }
        guard code == 0 else { throw SystemCallError(call: "start \(program)", code: code) }
        self.pid = pid
    }

    deinit {
        if poll() == nil {
            kill(pid, SIGKILL)
            _ = wait(blocking: true)
        }
    }

    /// Sends a signal, unless the process has ended.
    public func signal(_ number: Int32) {
        if poll() == nil { kill(pid, number) }
    }

    /// How it ended, nil while it runs.
    public func poll() -> ProcessOutcome.Ending? { wait(blocking: false) }

    /// What it wrote so far.
    public var outputSoFar: String { (try? directory.read("stdout")).map { String(decoding: $0, as: UTF8.self) } ?? "" }
    public var errorsSoFar: String { (try? directory.read("stderr")).map { String(decoding: $0, as: UTF8.self) } ?? "" }

    /// Waits for the end; kills the process when it takes longer than `timeout`, which guards against hangs and leaves a busy
    /// machine its time, or when the task is cancelled.
    public func finish(timeout: Duration = .seconds(240)) async throws -> ProcessOutcome {
        let start = ContinuousClock.now
        var pause = Duration.microseconds(200)
        var timedOut = false
        while poll() == nil {
            if ContinuousClock.now - start > timeout || Task.isCancelled {
                timedOut = true
                kill(pid, SIGKILL)
                _ = wait(blocking: true)
                break
            }
            try? await Task.sleep(for: pause)
            pause = min(pause * 2, .milliseconds(5))
        }
        let ending = timedOut ? .timedOut : poll() ?? .timedOut
        return ProcessOutcome(ending: ending, standardOutput: try directory.read("stdout"), standardError: try directory.read("stderr"))
    }

    private func wait(blocking: Bool) -> ProcessOutcome.Ending? {
        ending.withLock { ending in
            if let ending { return ending }
            var status: Int32 = 0
            while true {
                let result = waitpid(pid, &status, blocking ? 0 : WNOHANG)
                if result < 0, errno == EINTR { continue }
                guard result == pid else { return nil }
                let signal = status & 0x7F
                ending = signal == 0 ? .exited((status >> 8) & 0xFF) : .signalled(signal)
                return ending
            }
        }
    }
}

/// Runs a program to its end.
///
/// - Throws: ``SystemCallError`` when it cannot be started. A failing status is no error.
public func runProcess(
    _ arguments: [String], environment: [String: String]? = nil, input: [UInt8] = [], workingDirectory: String? = nil,
    timeout: Duration = .seconds(240)
) async throws -> ProcessOutcome {
    try await ChildProcess(arguments, environment: environment, input: input, workingDirectory: workingDirectory).finish(timeout: timeout)
}

private func withCStrings<Result>(_ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result) -> Result {
    let copies = strings.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return body(copies + [nil])
}
