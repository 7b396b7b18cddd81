import Glibc
import Reports
import Sites
import StateJSON

/// Reads a state from a local file or from standard input.
enum StateFile {
    /// Terraform states of real life end far below this.
    static let limit = 1 << 30

    static func read(_ path: String) throws(Complaint) -> StateBytes {
        do {
            return StateBytes(try LocalFile.read(path, limit: limit))
        } catch {
            throw Complaint(.failure, path, error.description, hint: error == .missing ? "Check the path." : "")
        }
    }

    static func readStandardInput() throws(Complaint) -> StateBytes {
        var builder = StateBytes.Builder(capacity: 1 << 20)
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        var total = 0
        while true {
            let count = chunk.withUnsafeMutableBytes { Glibc.read(STDIN_FILENO, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Complaint(.failure, "standard input", String(cString: strerror(errno)), hint: "") }
            if count == 0 { return builder.finish() }
            total += count
            guard total <= limit else { throw Complaint(.failure, "standard input", "is larger than \(limit) bytes", hint: "") }
            chunk[..<count].withUnsafeBytes { builder.append($0) }
        }
    }
}
