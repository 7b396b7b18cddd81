import Glibc

/// A file of the user's that could not be read or written.
struct FileError: Error, CustomStringConvertible {
    var path: String
    var call: String
    var code: Int32

    var description: String { "\(call): \(String(cString: strerror(code)))" }

    var hint: String {
        switch code {
        case ENOENT: "Check the path."
        case EACCES, EPERM, EROFS: "Check the permissions, or choose another place."
        case ENOSPC, EDQUOT: "Make room, or choose another place."
        case EISDIR: "It is a folder; give a file."
        default: ""
        }
    }
}
