import Glibc
import Synchronization

/// The pipe between the signal handler and the thread.
enum SignalPipe {
    private static let writer = Atomic<Int32>(-1)

    /// - Returns: the end to read from.
    static func open() -> Int32? {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        writer.store(ends[1], ordering: .releasing)
        return ends[0]
    }

    /// Only what POSIX allows in a handler: one atomic load and write(2), errno kept.
    static func raise(_ number: Int32) {
        let saved = errno
        var byte = UInt8(truncatingIfNeeded: number)
        _ = write(writer.load(ordering: .acquiring), &byte, 1)
        errno = saved
    }
}
