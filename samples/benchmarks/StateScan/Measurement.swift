import Glibc
import StateJSON

/// What the kernel counts for this process.
enum Measurement {
    /// CPU seconds, user and system.
    static var cpu: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// A field of /proc/self/status in bytes: `VmRSS` now, `VmHWM` at most.
    static func memory(_ field: String) -> Int {
        guard let file = fopen("/proc/self/status", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        while fgets(&line, 256, file) != nil {
            let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            if text.hasPrefix("\(field):") { return (Int(text.filter(\.isNumber)) ?? 0) * 1024 }
        }
        return 0
    }

    /// A file's bytes, read straight into the buffer that is parsed; nil when it cannot be read.
    static func read(_ path: String) -> StateBytes? {
        guard let file = fopen(path, "rb") else { return nil }
        defer { fclose(file) }
        fseek(file, 0, SEEK_END)
        var builder = StateBytes.Builder(capacity: ftell(file))
        rewind(file)
        let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 64)
        defer { chunk.deallocate() }
        while case let count = fread(chunk.baseAddress, 1, chunk.count, file), count > 0 {
            builder.append(UnsafeRawBufferPointer(rebasing: chunk[..<count]))
        }
        return builder.finish()
    }
}
