internal import Foundation
public import StateJSON

/// Reads small local files whole, with a limit: a configuration that is a device or a gigabyte must not hang a run.
public enum LocalFile {
    public enum Failure: Error, Equatable, Sendable, CustomStringConvertible {
        case missing
        case notAFile
        case tooLarge(limit: Int)
        case notUTF8
        case unreadable(errno: Int32)

        public var description: String {
            switch self {
            case .missing: "no such file"
            case .notAFile: "is no ordinary file"
            case .tooLarge(let limit): "is larger than \(limit) bytes"
            case .notUTF8: "is not UTF-8 text"
            case .unreadable(let code): String(cString: strerror(code))
            }
        }
    }

    public static func exists(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    public static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// The state files in a folder and the folders in it, in byte order: `.tfstate`, and the backups that Terraform leaves
    /// beside them. What `terraform init` keeps in `.terraform` is none.
    public static func stateFiles(in folder: String) -> [String] {
        let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        let states = names.filter { name in
            let parts = name.split(separator: "/")
            guard let last = parts.last, !parts.contains(where: { $0 == ".terraform" || $0 == ".git" }) else { return false }
            return last.hasSuffix(".tfstate") || (last.contains(".tfstate.") && last.hasSuffix(".backup"))
        }
        let base = folder.hasSuffix("/") ? folder : folder + "/"
        return states.map { base + $0 }.filter(exists).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// - Parameter allowingPipes: for files that a person names, which may be `<(command)` of a shell.
    public static func read(_ path: String, limit: Int, allowingPipes: Bool = false) throws(Failure) -> [UInt8] {
        try readState(path, limit: limit, allowingPipes: allowingPipes).withUnsafeBytes { Array($0) }
    }

    /// A large file: its bytes are held once, and written once.
    public static func readState(_ path: String, limit: Int, allowingPipes: Bool = false) throws(Failure) -> StateBytes {
        // Without O_NONBLOCK, opening a FIFO waits for a writer that may never come.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | (allowingPipes ? 0 : O_NONBLOCK))
        guard descriptor >= 0 else { throw errno == ENOENT ? .missing : .unreadable(errno: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .unreadable(errno: errno) }
        let kind = status.st_mode & S_IFMT
        guard kind == S_IFREG || (allowingPipes && (kind == S_IFIFO || kind == S_IFSOCK || kind == S_IFCHR)) else { throw .notAFile }
        guard status.st_size <= limit else { throw .tooLarge(limit: limit) }
        // One more than the size, to see the end without growing. Pipes know no size.
        let chunk = 1 << 16, expected = status.st_size > 0 ? Int(status.st_size) + 1 : chunk
        var builder = StateBytes.Builder(capacity: expected)
        while true {
            let room = builder.count < expected ? expected - builder.count : chunk
            let count = builder.append(upTo: room) { Foundation.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                throw .unreadable(errno: errno)
            }
            if count == 0 { return builder.finish() }
            guard builder.count <= limit else { throw .tooLarge(limit: limit) }
        }
    }

    public static func readText(_ path: String, limit: Int) throws(Failure) -> String {
        let bytes = try read(path, limit: limit)
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .notUTF8 }
        return text
    }
}
