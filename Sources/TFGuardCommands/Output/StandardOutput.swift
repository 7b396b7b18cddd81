import Glibc

/// Standard output: whole writes; a reader that went away is no error.
enum StandardOutput {
    static func write(_ text: String) {
        // A help text that can't be written has nobody to be told to.
        try? write(Array(text.utf8))
    }

    /// - Throws: ``FileError`` unless the reader has just gone away (`| head`).
    static func write(_ bytes: [UInt8]) throws(FileError) {
        let code = Descriptor.write(STDOUT_FILENO, bytes)
        guard code == 0 || code == EPIPE else { throw FileError(path: "standard output", call: "write", code: code) }
    }
}
