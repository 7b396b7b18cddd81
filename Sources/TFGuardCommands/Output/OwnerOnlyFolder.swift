import Glibc

/// A folder for files that are nobody else's business: 0700 when it is made here.
struct OwnerOnlyFolder {
    let path: String

    /// Makes it, and the folders above it that are missing.
    func create() throws(FileError) {
        var made = path.hasPrefix("/") ? "/" : ""
        for part in path.split(separator: "/") {
            made += (made.isEmpty || made.hasSuffix("/") ? "" : "/") + part
            guard mkdir(made, 0o700) != 0 else { continue }
            let code = errno
            var status = stat()
            guard code == EEXIST, stat(made, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { throw FileError(path: made, call: "create", code: code) }
        }
    }
}
