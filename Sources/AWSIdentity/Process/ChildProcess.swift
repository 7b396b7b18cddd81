internal import Glibc
internal import Synchronization

/// One program from its start to its end, on the calling thread.
final class ChildProcess: Sendable {
    private let name: String
    private let outputLimit: Int
    private let timeout: Duration
    private let isCancelled = Atomic(false)

    init(name: String, outputLimit: Int, timeout: Duration) {
        self.name = name
        self.outputLimit = outputLimit
        self.timeout = timeout
    }

    /// From any thread: the program is ended soon.
    func cancel() { isCancelled.store(true, ordering: .relaxed) }

    static func isExecutable(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && access(path, X_OK) == 0
    }

    /// - Throws: ``ProgramError`` or `CancellationError`.
    func run(_ path: String, _ words: [String], _ environment: [String: String]) throws -> ProgramOutput {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw ProgramError.notStarted(name, message: Self.message(errno)) }
        defer { close(ends[0]) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let started = Self.spawn(path, words, environment, output: ends[1])
        close(ends[1])
        let child: pid_t
        switch started {
        case .success(let pid): child = pid
        case .failure(let code) where code.number == ENOENT: throw ProgramError.notFound(name)
        case .failure(let code): throw ProgramError.notStarted(name, message: Self.message(code.number))
        }
        let read = Result { try readAll(from: ends[0]) }
        // The leader is not reaped yet, so its number is still that of our group and of no other.
        if case .failure = read { kill(-child, SIGKILL) }
        let status = wait(for: child, killingAfter: ContinuousClock.now + .seconds(5))
        let output = try read.get()
        let signal = status & 0x7F
        guard signal == 0 else { throw ProgramError.killed(name, signal: signal) }
        let code = (status >> 8) & 0xFF
        guard code == 0 else { throw ProgramError.failed(name, status: code) }
        return ProgramOutput(bytes: output)
    }

    private func readAll(from file: Int32) throws -> [UInt8] {
        let deadline = ContinuousClock.now + timeout
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16 << 10)
        while true {
            if isCancelled.load(ordering: .relaxed) { throw CancellationError() }
            guard ContinuousClock.now < deadline else { throw ProgramError.timedOut(name, after: timeout) }
            var question = pollfd(fd: file, events: Int16(POLLIN), revents: 0)
            guard poll(&question, 1, 50) > 0 else { continue }
            let count = buffer.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                throw ProgramError.notStarted(name, message: Self.message(errno))
            }
            if count == 0 { return bytes }
            bytes.append(contentsOf: buffer[..<count])
            guard bytes.count <= outputLimit else { throw ProgramError.tooMuchOutput(name, limit: outputLimit) }
        }
    }

    /// Reaps the program. One that closed its output but stays is ended after a moment.
    private func wait(for child: pid_t, killingAfter deadline: ContinuousClock.Instant) -> Int32 {
        var status: Int32 = 0
        while true {
            let found = waitpid(child, &status, WNOHANG)
            if found == child { return status }
            if found < 0, errno != EINTR { return 0xFF00 }
            if ContinuousClock.now > deadline || isCancelled.load(ordering: .relaxed) { kill(-child, SIGKILL) }
            usleep(2_000)
        }
    }

    private struct SystemCode: Error { let number: Int32 }

    private static func spawn(
        _ path: String, _ words: [String], _ environment: [String: String], output: Int32
    ) -> Result<pid_t, SystemCode> {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // A group of its own (number 0: its own), so that all it starts can be ended with it; no blocked signals.
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK))

        var pid: pid_t = 0
        let variables = environment.map { "\($0.key)=\($0.value)" }
        let code = withCStrings(words) { arguments in
            withCStrings(variables) { posix_spawn(&pid, path, &actions, &attributes, arguments, $0) }
        }
        return code == 0 ? .success(pid) : .failure(SystemCode(number: code))
    }

    /// A null-terminated array of C strings, as `exec` wants it.
    private static func withCStrings<Result>(
        _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let pointers = texts.map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        return body(pointers + [nil])
    }

    private static func message(_ code: Int32) -> String {
        strerror(code).map { String(cString: $0) } ?? "error \(code)"
    }
}
