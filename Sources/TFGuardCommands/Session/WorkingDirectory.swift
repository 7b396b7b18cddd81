import Glibc

/// The folder that the process stands in.
enum WorkingDirectory {
    static func path() throws(FileError) -> String {
        guard let buffer = getcwd(nil, 0) else { throw FileError(path: ".", call: "getcwd", code: errno) }
        defer { free(buffer) }
        return String(cString: buffer)
    }

    static func absolute(_ path: String) throws(FileError) -> String {
        if path.hasPrefix("/") { return path }
        let folder = try Self.path()
        return path == "." ? folder : "\(folder)/\(path)"
    }
}
