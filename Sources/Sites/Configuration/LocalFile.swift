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
        var bytes: [UInt8] = []
        try read(path, limit: limit, allowingPipes: allowingPipes, expect: { bytes.reserveCapacity($0) }, receive: { bytes.append(contentsOf: $0) })
        return bytes
    }

    /// A large file: its bytes are held once.
    public static func readState(_ path: String, limit: Int, allowingPipes: Bool = false) throws(Failure) -> StateBytes {
        var builder = StateBytes.Builder(capacity: 0)
        try read(path, limit: limit, allowingPipes: allowingPipes, expect: { builder = StateBytes.Builder(capacity: $0) }, receive: { builder.append($0) })
        return builder.finish()
    }

    /// - Parameters:
    ///   - expect: is told the size, as far as the file knows it.
    ///   - receive: takes one chunk after the other.
    private static func read(
        _ path: String, limit: Int, allowingPipes: Bool, expect: (Int) -> Void, receive: (UnsafeRawBufferPointer) -> Void
    ) throws(Failure) {
        // Without O_NONBLOCK, opening a FIFO waits for a writer that may never come.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | (allowingPipes ? 0 : O_NONBLOCK))
        guard descriptor >= 0 else { throw errno == ENOENT ? .missing : .unreadable(errno: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .unreadable(errno: errno) }
        let kind = status.st_mode & S_IFMT
        guard kind == S_IFREG || (allowingPipes && (kind == S_IFIFO || kind == S_IFSOCK || kind == S_IFCHR)) else { throw .notAFile }
        guard status.st_size <= limit else { throw .tooLarge(limit: limit) }
        expect(Int(status.st_size))
        var total = 0
        var chunk = [UInt8](repeating: 0, count: max(4_096, min(Int(status.st_size) + 1, 1 << 20)))
        while true {
            let count = chunk.withUnsafeMutableBytes { Foundation.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                throw .unreadable(errno: errno)
            }
            if count == 0 { return }
            total += count
            guard total <= limit else { throw .tooLarge(limit: limit) }
            chunk.withUnsafeBytes { receive(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        }
    }

    public static func readText(_ path: String, limit: Int) throws(Failure) -> String {
        let bytes = try read(path, limit: limit)
        guard let text = String(validating: bytes, as: UTF8.self) else { throw .notUTF8 }
        return text
    }
}
