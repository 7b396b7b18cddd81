internal import Synchronization

/// Deflaters in waiting: each holds a quarter of a megabyte, so that a run has as many as work at once, not as many as
/// there are states.
final class DeflaterPool: Sendable {
    // A box goes from the pool to one user and back; two tasks never hold it together.
    private final class Box: @unchecked Sendable {
        var deflater: Deflater

        init(level: Int32) {
            deflater = Deflater(level: level)
        }
    }

    private let level: Int32
    private let boxes = Mutex<[Box]>([])

    init(level: Int32) {
        self.level = level
    }

    func withDeflater<Result>(_ body: (inout Deflater) throws -> Result) rethrows -> Result {
        let box = boxes.withLock { $0.popLast() } ?? Box(level: level)
        defer { boxes.withLock { $0.append(box) } }
        return try body(&box.deflater)
    }
}
