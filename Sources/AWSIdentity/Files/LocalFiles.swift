internal import Glibc

/// The files of this machine.
public struct LocalFiles: AWSFiles {
    public init() {}

    public func read(_ path: String, limit: Int) throws(FileAccessError) -> FileContents {
        // Non-blocking, so that a pipe without a writer cannot stop us before fstat tells that it is one.
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard file >= 0 else { throw failure(path) }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw failure(path) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw FileAccessError(path: path, reason: .notAFile) }
        guard status.st_size <= limit else { throw FileAccessError(path: path, reason: .tooLarge(limit: limit)) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16 << 10)
        while true {
            let count = buffer.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                throw failure(path)
            }
            if count == 0 { break }
            bytes.append(contentsOf: buffer[..<count])
            guard bytes.count <= limit else { throw FileAccessError(path: path, reason: .tooLarge(limit: limit)) }
        }
        return FileContents(bytes: bytes, isReadableByOthers: status.st_mode & 0o044 != 0)
    }

    public func replace(_ path: String, with bytes: [UInt8]) throws(FileAccessError) {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        var template = Array("\(folder)/.tfguard-XXXXXX".utf8CString)
        // mkstemp makes the file anew, with mode 0600.
        let file = template.withUnsafeMutableBufferPointer { $0.baseAddress.map { mkstemp($0) } ?? -1 }
        guard file >= 0 else { throw failure(path) }
        let temporary = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        let problem = write(bytes, to: file, path: path)
        close(file)
        if let problem {
            unlink(temporary)
            throw problem
        }
        guard rename(temporary, path) == 0 else {
            let problem = failure(path)
            unlink(temporary)
            throw problem
        }
    }

    private func write(_ bytes: [UInt8], to file: Int32, path: String) -> FileAccessError? {
        _ = fcntl(file, F_SETFD, FD_CLOEXEC)
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                return failure(path)
            }
            written += count
        }
        return fsync(file) == 0 ? nil : failure(path)
    }

    public var homeDirectory: String? {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16 << 10)
        return buffer.withUnsafeMutableBufferPointer { memory in
            guard let start = memory.baseAddress,
                getpwuid_r(getuid(), &entry, start, memory.count, &found) == 0, found != nil, let home = entry.pw_dir
            else { return nil }
            return String(cString: home)
        }
    }

    private func failure(_ path: String) -> FileAccessError {
        let code = errno
        if code == ENOENT || code == ENOTDIR { return FileAccessError(path: path, reason: .missing) }
        let message = strerror(code).map { String(cString: $0) } ?? "error \(code)"
        return FileAccessError(path: path, reason: .system(code: code, message: message))
    }
}
