public import Glibc
import Synchronization

/// A fresh directory of mode 0700 that disappears with everything in it when it is let go, after the clean-up work
/// registered with ``defer(_:)``, latest first.
public final class TemporaryDirectory: Sendable {
    public let path: String
    private let cleanUps = Mutex<[@Sendable () -> Void]>([])

    /// - Throws: ``SystemCallError`` when `$TMPDIR` (default `/tmp`) takes no directory.
    public init(_ purpose: String = "tfguard-test") throws {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/\(purpose)-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw SystemCallError(call: "mkdtemp in \(parent)", code: errno) }
        path = String(cString: made)
    }

    deinit {
        for work in cleanUps.withLock({ $0 }).reversed() { work() }
        Self.remove(path)
    }

    /// Runs `work` before the directory is removed. Latest first.
    public func `defer`(_ work: @escaping @Sendable () -> Void) {
        cleanUps.withLock { $0.append(work) }
    }

    /// `path/name`.
    public func file(_ name: String) -> String { "\(path)/\(name)" }

    /// Writes a file, with the directories above it, and returns its path.
    @discardableResult
    public func write(_ bytes: some Collection<UInt8>, to name: String, mode: mode_t = 0o600) throws -> String {
        let target = file(name)
        var parent = path
        for part in name.split(separator: "/").dropLast() {
            parent += "/\(part)"
            guard mkdir(parent, 0o700) == 0 || errno == EEXIST else { throw SystemCallError(call: "mkdir \(parent)", code: errno) }
        }
        let descriptor = open(target, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw SystemCallError(call: "open \(target)", code: errno) }
        defer { close(descriptor) }
        let content = Array(bytes)
        var offset = 0
        while offset < content.count {
            let count = content.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress.map { $0 + offset }, content.count - offset) }
            guard count > 0 else { throw SystemCallError(call: "write \(target)", code: errno) }
            offset += count
        }
        return target
    }

    /// Writes a text file and returns its path.
    @discardableResult
    public func write(_ text: String, to name: String, mode: mode_t = 0o600) throws -> String {
        try write(Array(text.utf8), to: name, mode: mode)
    }

    /// Reads a file of the directory whole.
    public func read(_ name: String) throws -> [UInt8] { try readFile(file(name)) }

    /// Follows no symbolic link, and makes locked directories writable first so that tests of permissions leave nothing.
    private static func remove(_ path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            unlink(path)
            return
        }
        chmod(path, 0o700)
        if let directory = opendir(path) {
            while let entry = readdir(directory) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                if name != ".", name != ".." { remove("\(path)/\(name)") }
            }
            closedir(directory)
        }
        rmdir(path)
    }
}

/// Reads a file whole.
///
/// - Throws: ``SystemCallError`` that names the file.
public func readFile(_ path: String) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemCallError(call: "open \(path)", code: errno) }
    defer { close(descriptor) }
    var content: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
        let count = read(descriptor, &buffer, buffer.count)
        guard count >= 0 else { throw SystemCallError(call: "read \(path)", code: errno) }
        if count == 0 { return content }
        content += buffer.prefix(count)
    }
}

/// A system call failed in test support code.
public struct SystemCallError: Error, CustomStringConvertible {
    public let call: String
    public let code: Int32

    public init(call: String, code: Int32) {
        self.call = call
        self.code = code
    }

    public var description: String { "\(call): \(String(cString: strerror(code)))" }
}
