import Glibc
import Reports

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

/// Standard error: messages, progress, logs. What can't be written there is lost.
enum StandardError {
    static func write(_ text: String) {
        _ = Descriptor.write(STDERR_FILENO, Array(text.utf8))
    }
}

/// Writing to open descriptors.
enum Descriptor {
    /// - Returns: 0, or the errno of the write that failed.
    static func write(_ descriptor: Int32, _ bytes: [UInt8]) -> Int32 {
        bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while let base = UnsafeRawBufferPointer(rebasing: rest).baseAddress, !rest.isEmpty {
                let written = Glibc.write(descriptor, base, rest.count)
                if written < 0 {
                    if errno == EINTR { continue }
                    return errno
                }
                rest = rest.dropFirst(written)
            }
            return 0
        }
    }
}

/// Several lines of text, each made safe to show; the line breaks stay.
enum VisibleLines {
    static func escape(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { VisibleText.escape(String($0)) }.joined(separator: "\n")
    }
}
