internal import Glibc

/// Which process of which machine took a lock, written into the lock's `Info`, so that a later run can tell whether that
/// process is still at work.
public struct ProcessIdentity: Sendable, Hashable {
    /// The kernel's id of this boot.
    let boot: String
    /// The pid namespace: pids of another container mean nothing here.
    let namespace: String
    let pid: Int32
    /// When the process started, in the kernel's clock ticks: pids are used again.
    let start: String

    init(boot: String, namespace: String, pid: Int32, start: String) {
        self.boot = boot
        self.namespace = namespace
        self.pid = pid
        self.start = start
    }

    /// The running process. Where `/proc` does not tell, its locks are never taken for abandoned.
    public static func current() -> ProcessIdentity {
        let pid = getpid()
        return ProcessIdentity(boot: Self.boot() ?? "", namespace: Self.namespace() ?? "", pid: pid, start: Self.start(of: pid) ?? "")
    }

    /// The text for ``LockInfo/info``.
    public var text: String { "tfguard process \(pid) start \(start) boot \(boot) \(namespace)" }

    /// Reads ``text`` back.
    public init?(_ text: String) {
        let words = text.split(separator: " ").map(String.init)
        guard words.count == 8, words[0] == "tfguard", words[1] == "process", words[3] == "start", words[5] == "boot", let pid = Int32(words[2]), pid > 0 else { return nil }
        self.init(boot: words[6], namespace: words[7], pid: pid, start: words[4])
    }

    /// Whether the process is known to have ended: it ran on this boot, in this pid namespace, and is not there any more.
    /// False also means "cannot be told".
    public var hasEnded: Bool {
        guard boot == Self.boot(), namespace == Self.namespace() else { return false }
        return Self.start(of: pid) != start
    }

    private static func boot() -> String? {
        file("/proc/sys/kernel/random/boot_id").map { String($0.prefix { !$0.isWhitespace }) }
    }

    private static func namespace() -> String? {
        var buffer = [UInt8](repeating: 0, count: 64)
        let count = readlink("/proc/self/ns/pid", &buffer, buffer.count)
        return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
    }

    /// The 22nd field of `/proc/PID/stat`, which follows the program's name in parentheses (proc(5)). A process that has
    /// ended but was not waited for counts as ended.
    private static func start(of pid: Int32) -> String? {
        guard let text = file("/proc/\(pid)/stat"), let name = text.lastIndex(of: ")") else { return nil }
        let fields = text[text.index(after: name)...].split(separator: " ")
        guard fields.count > 19, fields[0] != "Z", fields[0] != "X" else { return nil }
        return String(fields[19])
    }

    private static func file(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = read(descriptor, &buffer, buffer.count)
        return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
    }
}
