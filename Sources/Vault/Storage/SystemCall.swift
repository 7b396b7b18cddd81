internal import Glibc

/// Calls the kernel, again when a signal interrupted it, and turns `errno` into an error that names the object.
func systemCall<Value: SignedInteger>(_ name: StaticString, _ subject: @autoclosure () -> String, _ call: () -> Value) throws(StorageError) -> Value {
    while true {
        let result = call()
        if result != -1 { return result }
        let number = errno
        if number != EINTR { throw StorageError(errno: number, call: name, subject: subject()) }
    }
}

extension StorageError {
    init(errno number: Int32, call: StaticString, subject: String) {
        let code: Code =
            switch number {
            case ENOENT: .notFound
            case ENOSPC, EDQUOT, EFBIG: .noSpace
            case EACCES, EPERM, EROFS: .accessDenied
            case ELOOP, ENOTDIR, EISDIR, ENXIO, EMLINK: .notAnObject
            default: .failed(errno: number)
            }
        self.init(code, subject, "\(call): \(String(cString: strerror(number)))")
    }
}

/// An open file descriptor, closed with the value.
struct Descriptor: ~Copyable {
    let number: Int32

    init(_ number: Int32) {
        self.number = number
    }

    deinit {
        close(number)
    }
}
