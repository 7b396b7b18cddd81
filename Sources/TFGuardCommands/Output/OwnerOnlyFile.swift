import Glibc

/// A file with mode 0600 that is either the old one or the new one, never half of it.
struct OwnerOnlyFile {
    let path: String

    func write(_ bytes: [UInt8]) throws(FileError) {
        if let special = isSpecial { return try writeInPlace(bytes, special) }
        var template = Array("\(path).XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw FileError(path: path, call: "create", code: errno) }
        var code = Descriptor.write(descriptor, bytes)
        if code == 0, fchmod(descriptor, 0o600) != 0 || fsync(descriptor) != 0 { code = errno }
        if close(descriptor) != 0, code == 0 { code = errno }
        if code == 0, rename(template, path) != 0 { code = errno }
        guard code == 0 else {
            unlink(template)
            throw FileError(path: path, call: "write", code: code)
        }
    }

    /// Whether something that is no ordinary file has the name: a device, a pipe (true), or a symbolic link or folder.
    private var isSpecial: mode_t? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG else { return nil }
        return status.st_mode & S_IFMT
    }

    private func writeInPlace(_ bytes: [UInt8], _ kind: mode_t) throws(FileError) {
        guard kind != S_IFDIR else { throw FileError(path: path, call: "write", code: EISDIR) }
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError(path: path, call: "open", code: errno) }
        defer { close(descriptor) }
        let code = Descriptor.write(descriptor, bytes)
        guard code == 0 || code == EPIPE else { throw FileError(path: path, call: "write", code: code) }
    }
}
