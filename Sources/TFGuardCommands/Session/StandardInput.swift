import Glibc

/// Standard input, read whole.
enum StandardInput {
    /// - Throws: ``FileError``; also when there is more than the limit.
    static func read(limit: Int) throws(FileError) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = chunk.withUnsafeMutableBytes { Glibc.read(STDIN_FILENO, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw FileError(path: "standard input", call: "read", code: errno) }
            if count == 0 { return bytes }
            guard bytes.count + count <= limit else { throw FileError(path: "standard input", call: "read", code: EFBIG) }
            bytes += chunk[..<count]
        }
    }
}
