internal import Glibc
internal import Sites
internal import StateJSON
internal import Synchronization

/// A folder of a drill's own, 0700, its files 0600.
final class FolderScratch: Scratch {
    let place: String
    private let count = Mutex(0)
    private let names = Mutex<[String: String]>([:])

    init(parent: String, id: String) throws(DrillError) {
        var template = Array("\(parent)/tfguard-drill-\(id)-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw .folder(path: parent, call: "make a folder", code: errno) }
        place = template.withUnsafeBufferPointer { String(decoding: $0.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self) }
    }

    /// Files are numbered: a key may be no file name.
    func path(of key: String) -> String {
        names.withLock { names in
            if let path = names[key] { return path }
            let number = count.withLock { count in
                count += 1
                return count
            }
            let path = "\(place)/\(number).tfstate"
            names[key] = path
            return path
        }
    }

    func write(_ bytes: StateBytes, key: String) async throws {
        let path = path(of: key)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw DrillError.folder(path: path, call: "create", code: errno) }
        var code: Int32 = 0
        bytes.withUnsafeBytes { buffer in
            var offset = 0
            while offset < buffer.count {
                let written = Glibc.write(descriptor, buffer.baseAddress.map { $0 + offset }, buffer.count - offset)
                if written < 0, errno == EINTR { continue }
                guard written > 0 else {
                    code = errno
                    return
                }
                offset += written
            }
        }
        if code == 0, fsync(descriptor) != 0 { code = errno }
        if close(descriptor) != 0, code == 0 { code = errno }
        guard code == 0 else { throw DrillError.folder(path: path, call: "write", code: code) }
    }

    func read(_ key: String) async throws -> StateBytes {
        try LocalFile.readState(path(of: key), limit: 1 << 30)
    }

    func clean() async -> [String] {
        FolderRemoval(place).remove()
    }
}
